import { type Charges, chargedFor } from '../domain/charges/charges.ts'
import { type Balance, isSumOf, type Standing, standingOf } from '../domain/charges/standing.ts'
import type { LocalDate } from '../domain/localDate.ts'
import { addPeriods, type Period } from '../domain/period.ts'
import { opens, screen } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { PaymentMade } from '../queries/charges.ts'
import { whose } from './accountNames.ts'
import { leads, sumsPlace } from './chargesLeading.ts'
import { paymentsOf } from './chargesPayments.ts'
import { whyChoice } from './chargesWhy.ts'
import { balanceText, sumText } from './chargesWords.ts'

/** What is to be paid and by when, in words; what it is made of is a press away. */
export const balancePlace = sumsPlace<'balance'>(async (here) => {
  const { accountId, queries, today } = here
  const [balance, [last], [payment], account] = await Promise.all([
    queries.charges.balance(accountId),
    queries.charges.periods(accountId),
    paymentsOf(here),
    whose(here),
  ])
  const months = last ? await queries.charges.between(accountId, addPeriods(last, -1), last) : []
  const [before, present] = [
    months.filter(({ period }) => period !== last),
    months.filter(({ period }) => period === last),
  ]
  const standing = standingOf(balance, present, today)
  return screen(
    [
      ...account,
      text('charges.standing', { head: headOf(standing, balance), lines: linesOf(standing, balance) }),
      ...(balance && isSumOf(balance, present) ? kindsText(present) : []),
      text('charges.known', {
        lines: [last ? chargedText(last, present) : text('charges.none'), paymentText(payment, balance, today)],
      }),
    ],
    [
      ...(last
        ? [
            leads('charges.forWhat', { at: 'month', period: last, page: 0 }),
            leads('charges.otherMonth', { at: 'pick' }),
          ]
        : []),
      ...(payment ? [leads('charges.payments.open', { at: 'payments', page: 0 })] : []),
      ...(last ? [whyChoice({ period: last, months: present, monthsBefore: before })] : []),
      opens('menu.receipt', 'receipt', undefined, accountId),
      opens('charges.howToPay', 'payment', undefined, accountId),
    ],
  )
})

function headOf(standing: Standing, balance: Balance | undefined): Text {
  if (standing.kind !== 'owes') return text(`charges.head.${standing.kind}`, { sum: Math.abs(balance?.kopecks ?? 0) })
  const { sum, until, isOver, earlier } = standing
  if (isOver || earlier) return text('charges.head.debt', { sum })
  return until === undefined ? text('charges.head.toPay', { sum }) : text('charges.head.toPayUntil', { sum, until })
}

function linesOf(standing: Standing, balance: Balance | undefined): Text[] {
  return [
    ...(standing.kind === 'owes' ? owedLines(standing) : [text(`charges.line.${standing.kind}`)]),
    ...(balance?.at === undefined ? [] : [text('charges.line.asOf', { at: balance.at })]),
  ]
}

/** Gently: whoever has paid waits for the money to arrive, and nobody is blamed. */
function owedLines({ until, isOver, earlier }: Standing & { kind: 'owes' }): Text[] {
  if (isOver && until !== undefined) return [text('charges.line.over', { until })]
  if (!earlier) return earlier === false ? [text('charges.line.noneEarlier')] : []
  return [...(until === undefined ? [] : [text('charges.line.until', { until })]), text('charges.line.earlier')]
}

/** Each kind is paid by a receipt of its own: what is overpaid in one does not pay the other. */
function kindsText(present: readonly Charges[]): Text[] {
  if (present.length < 2) return []
  const lines = present.map(({ kind, closing }) =>
    text('charges.kindLine', {
      kind: text(`charges.kind.${kind}`),
      balance: closing > 0 ? sumText(closing) : balanceText(closing),
    }),
  )
  return [text('charges.known', { lines })]
}

const chargedText = (period: Period, present: readonly Charges[]): Text =>
  text('charges.charged', { period, sum: sumText(present.reduce((sum, each) => sum + chargedFor(each), 0)) })

/** The last payment, whether it has been posted (зачислен), and that this takes days. */
function paymentText(payment: PaymentMade | undefined, balance: Balance | undefined, today: LocalDate): Text {
  if (!payment) return text('charges.last.none')
  const { paidAt: at, postedAt: posted, kopecks } = payment
  const facts = { at, sum: Math.abs(kopecks), ...(posted !== undefined && { posted }) }
  if (kopecks < 0) return text('charges.last.reversed', facts)
  if (posted === undefined || posted > today) return text('charges.last.notPosted', facts)
  const isCounted = balance?.at === undefined || posted <= balance.at
  return text(isCounted ? 'charges.last.posted' : 'charges.last.notCounted', facts)
}
