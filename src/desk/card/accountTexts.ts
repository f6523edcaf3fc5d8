import { carriedAddress } from '../../domain/accountLabel.ts'
import { maskAccount } from '../../domain/accountNumber.ts'
import { formatAddress } from '../../domain/address/format.ts'
import { type ChannelPolicy, showsPayer, showsSums } from '../../domain/channelPolicy.ts'
import { chargedFor } from '../../domain/charges/charges.ts'
import type { Balance, Standing } from '../../domain/charges/standing.ts'
import { daysBetween, type LocalDate } from '../../domain/localDate.ts'
import type { Meter, MeterOnHand } from '../../domain/meter.ts'
import type { Kopecks } from '../../domain/money.ts'
import { type Text, text } from '../../engine/text.ts'
import type { PaymentMade } from '../../queries/charges.ts'
import type { CardAccount, ChargedMonth } from './accounts.ts'
import { cut } from './stateTexts.ts'

/** «••••4567, по коду активации»: what may be told before anybody has taken the hand-off. */
export const provedText = ({ number, proof }: CardAccount): Text =>
  text(`desk.card.proved.${proof}`, { number: maskAccount(number) })

/** Whose the account is and where, as far as staff may see that in the forum; the number never but for its end. */
export function accountTexts(account: CardAccount, policy: ChannelPolicy): Text[] {
  const { number, proof, linkedAt, name, payer, address } = account
  return [
    text(proof === 'code' ? 'desk.card.account.byCode' : 'desk.card.account.byAddress', {
      number: maskAccount(number),
      at: linkedAt,
    }),
    text('desk.card.account.address', { address: addressOf(address, policy) }),
    ...(showsPayer(policy) && payer ? [text('desk.card.account.payer', { name: cut(payer, mostName) })] : []),
    ...(showsPayer(policy) && name ? [text('desk.card.account.called', { name })] : []),
  ]
}

/** Another account of the resident in one line. */
export function otherAccountText(account: CardAccount, policy: ChannelPolicy): Text {
  const { address, balance } = account
  const values = { proved: provedText(account), address: addressOf(address, policy) }
  return showsSums(policy)
    ? text('desk.card.account.otherOwes', { ...values, balance: balanceText(balance?.kopecks) })
    : text('desk.card.account.other', values)
}

const addressOf = (address: CardAccount['address'], policy: ChannelPolicy): string =>
  cut(formatAddress(carriedAddress(address, policy)), mostAddress)

const [mostName, mostAddress] = [100, 150]

/** What is owed by the billing's last word, and until when it is to be paid. */
export function standingText(balance: Balance | undefined, standing: Standing): Text {
  const owed = balanceText(balance?.kopecks)
  const whole = balance?.at === undefined ? owed : text('desk.card.balanceAt', { balance: owed, at: balance.at })
  if (standing.kind !== 'owes' || standing.until === undefined) return text('desk.card.balance', { balance: whole })
  const key = standing.isOver ? 'desk.card.balanceOver' : 'desk.card.balanceUntil'
  return text(key, { balance: whole, until: standing.until })
}

/** A month's charges of all kinds together; figures that do not add up are said to be so. */
export function monthText({ period, charges }: ChargedMonth): Text {
  const sum = (of: (each: ChargedMonth['charges'][number]) => Kopecks) => charges.reduce((all, one) => all + of(one), 0)
  const penalty = sum((each) => each.penalty)
  const values = {
    ...{ period, charged: sum(chargedFor), paid: sum(({ paid }) => paid), penalty },
    closing: balanceText(sum(({ closing }) => closing)),
  }
  const line = text(penalty === 0 ? 'desk.card.month' : 'desk.card.monthPenalty', values)
  return charges.some(({ mismatches }) => mismatches.length > 0) ? text('desk.card.mismatch', { month: line }) : line
}

export function paymentText({ paidAt, postedAt, kopecks, channel }: PaymentMade): Text {
  if (kopecks < 0) return text('desk.card.payment.reversed', { at: paidAt, sum: -kopecks })
  const how = channel ? text(`charges.payments.by.${channel}`) : text('desk.card.payment.somehow')
  return postedAt === undefined
    ? text('desk.card.payment.notPosted', { at: paidAt, sum: kopecks, how })
    : text('desk.card.payment.posted', { at: paidAt, sum: kopecks, how, posted: postedAt })
}

/** A meter with its last reading, and its verification (поверка) when that is over or soon will be. */
export function meterText(meter: MeterOnHand, today: LocalDate): Text {
  const last = meter.current ?? meter.previous
  const named = { meter: meterName(meter) }
  const line = last
    ? text('desk.card.meter.read', { ...named, last: valuesText(meter, last.values), at: last.readAt })
    : text('desk.card.meter.neverRead', named)
  const until = meter.verificationUntil
  if (until === undefined) return line
  const left = daysBetween(today, until)
  if (left > soonDays) return text('desk.card.meter.verified', { line, until })
  const key = left < 0 ? 'readings.verification.over' : 'readings.verification.soon'
  return text('desk.card.meter.verification', { line, verification: text(key, { until }) })
}

/** As soon as residents are told of it themselves. */
const soonDays = 60

export const meterName = ({ service, serial }: Pick<Meter, 'service' | 'serial'>): Text =>
  text(`readings.meter.${service}`, { serial })

export function valuesText({ unit }: Pick<Meter, 'unit'>, [t1, t2, t3]: readonly number[]): Text {
  if (t1 === undefined) return text('readings.noValue')
  if (t2 === undefined) return text('readings.value', { t1, unit })
  return t3 === undefined ? text('readings.values2', { t1, t2, unit }) : text('readings.values3', { t1, t2, t3, unit })
}

/** Plus is a debt, minus an overpayment. */
function balanceText(kopecks: Kopecks | undefined): Text {
  if (kopecks === undefined) return text('desk.card.balanceUnknown')
  if (kopecks === 0) return text('charges.balance.none')
  return kopecks < 0
    ? text('charges.balance.overpaid', { sum: -kopecks })
    : text('charges.balance.debt', { sum: kopecks })
}
