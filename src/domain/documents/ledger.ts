import { type ChargeKind, type Charges, chargedFor, chargeKinds } from '../charges/charges.ts'
import type { Kopecks } from '../money.ts'
import { nextPeriod, type Period } from '../period.ts'

/** How a balance came about: what it was, what was charged, the penalty, what was paid, what it is now. Plus is a debt. */
export interface Flow {
  opening: Kopecks
  charged: Kopecks
  penalty: Kopecks
  paid: Kopecks
  closing: Kopecks
}

/** `isOdd`: the billing's figures of the month do not add up, or it does not begin with the balance that the one before ended with. */
export interface LedgerMonth extends Flow {
  period: Period
  isOdd: boolean
}

/** The months of a kind, the earliest first, and what they come to. `isWhole`: no month is missing between them, and none is odd. */
export interface Ledger extends Flow {
  kind: ChargeKind
  months: LedgerMonth[]
  isWhole: boolean
}

/** What was charged and paid by kind. Kinds of which there is nothing are left out. */
export const ledgersOf = (months: readonly Charges[]): Ledger[] =>
  chargeKinds.flatMap((kind) => {
    const own = months.filter((month) => month.kind === kind).toSorted((a, b) => (a.period < b.period ? -1 : 1))
    return own.length > 0 ? [ledgerOf(kind, own)] : []
  })

function ledgerOf(kind: ChargeKind, own: readonly Charges[]): Ledger {
  const months = own.map((month, nth): LedgerMonth => {
    const before = own[nth - 1]
    const { period, opening, penalty, paid, closing, mismatches } = month
    const isOdd = mismatches.length > 0 || (before !== undefined && before.closing !== opening)
    return { period, opening, charged: chargedFor(month), penalty, paid, closing, isOdd }
  })
  const sum = (of: (month: LedgerMonth) => Kopecks) => months.reduce((all, month) => all + of(month), 0)
  return {
    ...{ kind, months, opening: months.at(0)?.opening ?? 0, closing: months.at(-1)?.closing ?? 0 },
    ...{
      charged: sum(({ charged }) => charged),
      penalty: sum(({ penalty }) => penalty),
      paid: sum(({ paid }) => paid),
    },
    isWhole: months.every(({ isOdd, period }, nth) => {
      const next = months[nth + 1]
      return !isOdd && (next === undefined || next.period === nextPeriod(period))
    }),
  }
}
