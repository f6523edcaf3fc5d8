import type { ChargeKind, Charges } from '../charges/charges.ts'
import type { Balance } from '../charges/standing.ts'
import { daysBetween, type LocalDate } from '../localDate.ts'
import type { Kopecks } from '../money.ts'
import { monthsBetween, periodOf } from '../period.ts'

/** What is owed of a kind; less than none is an overpayment. */
export interface DebtOfKind {
  kind: ChargeKind
  kopecks: Kopecks
}

/**
 * What a certificate of debt may say, by the billing's word of the day `at`. `owed` is of all kinds that owe: what is overpaid in one does not pay
 * for another. Or why it may say nothing: `none` (no charges), `unknown` (no balance, or of no day), `stale` (the word is too old, or the charges
 * have not come for months), `mismatch` (figures do not add up), `unsplit` (money has come or gone since the charges, and nobody has said of which
 * kind), `reversed` (a payment was taken back after that day).
 */
export type Debt =
  | { ok: true; at: LocalDate; kinds: DebtOfKind[]; owed: Kopecks }
  | { ok: false; why: 'none' | 'unknown' | 'stale' | 'mismatch' | 'unsplit' | 'reversed' }

/** A payment as far as this asks about it. */
interface Paid {
  paidAt: LocalDate
  postedAt?: LocalDate
  kopecks: Kopecks
}

/**
 * `months`: the last charges of each kind. Nothing is computed and nothing is guessed: only where the balance and the charges say the same to the
 * kopeck is anything certified, for an organisation will rely on it.
 */
export function debtOf(
  { months, balance, payments }: { months: readonly Charges[]; balance?: Balance; payments: readonly Paid[] },
  today: LocalDate,
  freshDays: number,
): Debt {
  if (months.length === 0) return refused('none')
  if (balance?.at === undefined) return refused('unknown')
  const { at, kopecks } = balance
  if (at > today || daysBetween(at, today) > freshDays || isBehind(months, at)) return refused('stale')
  if (months.some(({ mismatches }) => mismatches.length > 0)) return refused('mismatch')
  const charged = months.reduce((sum, { closing }) => sum + closing, 0)
  if (months.length > 1 && kopecks !== charged) return refused('unsplit')
  if (payments.some((one) => one.kopecks < 0 && (one.postedAt ?? one.paidAt) > at)) return refused('reversed')
  const kinds = months.map(({ kind, closing }) => ({ kind, kopecks: months.length > 1 ? closing : kopecks }))
  return { ok: true, at, kinds, owed: kinds.reduce((sum, one) => sum + Math.max(0, one.kopecks), 0) }
}

const refused = (why: (Debt & { ok: false })['why']): Debt => ({ ok: false, why })

/** The charges are of months later than the balance, or have not come for more than two months before it. */
function isBehind(months: readonly Charges[], at: LocalDate): boolean {
  const last = months
    .map(({ period }) => period)
    .toSorted()
    .at(-1)
  const since = last === undefined ? 0 : monthsBetween(last, periodOf(at))
  return since < 0 || since > 2
}
