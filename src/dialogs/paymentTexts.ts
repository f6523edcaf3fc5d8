import { maskAccount } from '../domain/accountNumber.ts'
import { showsPayer } from '../domain/channelPolicy.ts'
import type { ChargeKind } from '../domain/charges/charges.ts'
import { purposeOf } from '../domain/payment/bill.ts'
import { type Due, dueNow } from '../domain/payment/due.ts'
import type { ToPay } from '../domain/receipt/receipt.ts'
import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import { dueLine, kindText, sinceThen, totalOf } from './receiptTexts.ts'

/** How much there is to pay, and where: only what the centre has named. Where nothing is owed nobody is sent to pay. */
export function waysTexts(toPay: ToPay, byCode: boolean, here: Here<unknown>): Text[] {
  const { months, balance } = toPay
  const due = dueNow(months, balance)
  const isUnknown = months.length === 0 && due.at === undefined
  const owes = isOwed(months, due)
  const ways = [
    ...(byCode ? [text(owes ? 'payment.byCode' : 'payment.ahead')] : []),
    ...(owes || isUnknown ? otherWays(here) : []),
  ]
  return [
    text('payment.title'),
    ...(isUnknown ? [text('payment.unknown')] : sumsOf(toPay, due, here)),
    ...(ways.length > 0 ? [text('receipt.lines', { lines: ways })] : []),
    ...(owes ? [text('payment.later')] : []),
  ]
}

const isOwed = (months: ToPay['months'], due: Due): boolean =>
  due.at === undefined
    ? months.some(({ closing }) => closing > 0)
    : due.total > 0 || due.kinds.some(({ kopecks }) => kopecks === undefined)

/** An account that is overpaid in all may owe of a kind. */
const apartOf = ({ total, kinds }: Due): Text[] =>
  total > 0
    ? []
    : kinds.flatMap(({ kind, kopecks }) =>
        kopecks === undefined ? [text('payment.apart', { kind: kindText(kind) })] : [],
      )

function otherWays({ rules }: Here<unknown>): Text[] {
  const { onlineUrl, frisbiUrl, frisbiAddresses } = rules.payment
  return [
    ...(onlineUrl === undefined ? [] : [text('payment.online', { url: onlineUrl })]),
    text('payment.desks'),
    ...(frisbiAddresses === undefined ? [] : [text('payment.frisbiAt', { addresses: frisbiAddresses })]),
    ...(frisbiUrl === undefined ? [] : [text('payment.frisbi', { url: frisbiUrl })]),
  ]
}

function sumsOf({ months }: ToPay, due: Due, here: Here<unknown>): Text[] {
  if (due.at !== undefined) return [...sinceThen(due), ...apartOf(due)]
  const lines = months.map((month) => dueLine(month, here))
  return [text('receipt.lines', { lines }), ...totalOf(months.map(({ closing }) => closing))]
}

/**
 * What the code holds, in words, for whoever cannot scan it. The account's whole number is told where the payer may be: elsewhere the code and
 * the paper receipt have it.
 */
export function codeTexts(
  { months, balance, payees, payer }: ToPay,
  kind: ChargeKind,
  { policy }: Here<unknown>,
): Text[] {
  const due = dueNow(months, balance).kinds.find((one) => one.kind === kind)
  const requisites = payees.find((one) => one.kind === kind)?.requisites
  if (!due || !requisites) return []
  const { Name: name, PersonalAcc: account, BankName: bank, BIC: bic, CorrespAcc, PayeeINN, KPP } = requisites
  const isWhole = showsPayer(policy)
  const number = isWhole ? payer.account : maskAccount(payer.account)
  return [
    text('payment.code', { kind: kindText(kind) }),
    due.kopecks ? text('payment.sum', { sum: due.kopecks }) : text('payment.sumYourself'),
    text('payment.scan'),
    text('payment.inWords', {
      lines: [
        text('payment.payee', { name }),
        ...(PayeeINN === undefined ? [] : [text('payment.inn', { inn: PayeeINN })]),
        ...(KPP === undefined ? [] : [text('payment.kpp', { kpp: KPP })]),
        text('payment.account', { account }),
        text('payment.bank', { bank }),
        text('payment.bic', { bic }),
        ...(CorrespAcc === '0' ? [] : [text('payment.correspAcc', { account: CorrespAcc })]),
        text(isWhole ? 'payment.personal' : 'payment.personalMasked', { number }),
        ...(isWhole
          ? [text('payment.purpose', { purpose: purposeOf({ kind, period: due.period, account: number }) })]
          : []),
      ],
    }),
  ]
}
