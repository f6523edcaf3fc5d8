import type { ChargeKind, Charges } from '../charges/charges.ts'
import type { Balance } from '../charges/standing.ts'
import type { LocalDate } from '../localDate.ts'
import type { Kopecks } from '../money.ts'
import { nextPeriod, type Period } from '../period.ts'

/** What is to be paid of a kind. `kopecks`: less than none is an overpayment; not there when what has come since tells no kind. */
export interface DueOfKind {
  kind: ChargeKind
  period: Period
  kopecks?: Kopecks
}

/** What is to be paid now. `at`: the day of the billing's word, where it is later than the receipts and says something else. */
export interface Due {
  kinds: DueOfKind[]
  total: Kopecks
  at?: LocalDate
}

/**
 * What is to be paid now, of the last month of each kind and the account's balance. As long as they agree, or the balance is older, it is
 * what the receipts say. After that the balance holds, which is one for all kinds: it is the only kind's that owes anything, or
 * nobody's in particular. Nothing is computed that the billing has not said (domain rules, §0).
 */
export function dueNow(months: readonly Charges[], balance: Balance | undefined): Due {
  const receipts = months.map(({ kind, period, closing }): DueOfKind & { kopecks: Kopecks } => ({
    kind,
    period,
    kopecks: closing,
  }))
  const total = receipts.reduce((sum, { kopecks }) => sum + kopecks, 0)
  const closed = months.map(({ period }) => `${nextPeriod(period)}-01`).toSorted()
  const latest = closed.at(-1)
  const isLater = balance?.at !== undefined && (latest === undefined || balance.at >= latest)
  if (balance?.at === undefined || !isLater || balance.kopecks === total) return { kinds: receipts, total }
  const { kopecks, at } = balance
  const isOwedOfAll = receipts.every((each) => each.kopecks > 0)
  const kinds = receipts.map(({ kind, period, kopecks: closing }): DueOfKind => {
    if (receipts.length === 1) return { kind, period, kopecks }
    if (closing <= 0) return { kind, period, kopecks: closing }
    // Who owed of every kind and owes nothing in all has paid; what is overpaid in one kind does not pay for another.
    return kopecks <= 0 && isOwedOfAll ? { kind, period, kopecks } : { kind, period }
  })
  return { kinds, total: kopecks, at }
}
