import { type Periods, runsOf } from '../domain/charges/periods.ts'
import type { Kopecks } from '../domain/money.ts'
import type { Period } from '../domain/period.ts'
import { type Text, text } from '../engine/text.ts'
import type { ChargeMonth } from '../queries/charges.ts'

/** A sum in words that say whose it is: never a bare minus (domain rules, §1). */
export const sumText = (kopecks: Kopecks): Text =>
  kopecks < 0 ? text('charges.inFavour', { sum: -kopecks }) : text('charges.sum', { sum: kopecks })

/** Plus is a debt, minus an overpayment. */
export function balanceText(kopecks: Kopecks): Text {
  if (kopecks === 0) return text('charges.balance.none')
  return kopecks < 0
    ? text('charges.balance.overpaid', { sum: -kopecks })
    : text('charges.balance.debt', { sum: kopecks })
}

/** What was paid in a month; reversals may outweigh it. */
export const paidText = (kopecks: Kopecks): Text =>
  kopecks < 0 ? text('charges.paidBack', { sum: -kopecks }) : text('charges.paid', { sum: kopecks })

/** What a signed column does to a line. */
export const changeText = (kopecks: Kopecks): Text =>
  kopecks < 0 ? text('charges.taken', { sum: -kopecks }) : text('charges.added', { sum: kopecks })

/** How much more or less one sum is than another. */
export function differenceText(kopecks: Kopecks): Text {
  if (kopecks === 0) return text('charges.why.equal')
  return kopecks < 0 ? text('charges.why.by.less', { sum: -kopecks }) : text('charges.why.by.more', { sum: kopecks })
}

export const periodsText = ({ from, to }: Periods): Text =>
  from === to ? text('charges.oneMonth', { period: from }) : text('charges.someMonths', { from, to })

/** The months that have charges, told in runs; only the latest when they are much scattered. */
export const haveText = (charged: readonly Period[]): Text =>
  text('charges.have', { lines: runsOf(charged).slice(-mostRuns).toReversed().map(periodsText) })

const mostRuns = 5

/** Of all that is shown together: another one whenever the billing has said anything else of it. */
export const versionOf = (months: readonly ChargeMonth[]): string =>
  months.map(({ version }) => version.slice(0, 8)).join(' ')
