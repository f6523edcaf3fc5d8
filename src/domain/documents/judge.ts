import type { Charges } from '../charges/charges.ts'
import type { Balance } from '../charges/standing.ts'
import type { LocalDate } from '../localDate.ts'
import type { Kopecks } from '../money.ts'
import { nextPeriod, type Period } from '../period.ts'
import type { Payee, Payer } from '../receipt/receipt.ts'
import { type Debt, debtOf } from './debt.ts'
import type { DrawnKind } from './kinds.ts'
import { ledgersOf } from './ledger.ts'

/** A payment that stands in a document. */
export interface DocumentPayment {
  paidAt: LocalDate
  postedAt?: LocalDate
  kopecks: Kopecks
  channel?: 'FRISBI' | 'BANK' | 'POST' | 'ONLINE'
  period?: Period
}

/** All that a document is drawn of: charges of its months, of a certificate of debt the last of each kind; the payments of the same time. */
export interface DocumentFacts {
  payer: Payer
  payees: readonly Payee[]
  balance?: Balance
  months: readonly Charges[]
  payments: readonly DocumentPayment[]
}

/** `asOf`: the day of the billing's word that it tells. Why it is not drawn: as of a debt. */
export type Judged = { ok: true; asOf: LocalDate } | { ok: false; why: (Debt & { ok: false })['why'] }

/**
 * Whether a document may be drawn of these facts. A statement and the details tell what does not add up; a reconciliation of figures that do not
 * add up would be none.
 */
export function judged(kind: DrawnKind, facts: DocumentFacts, today: LocalDate, freshDays: number): Judged {
  if (kind === 'debt') {
    const debt = debtOf(facts, today, freshDays)
    return debt.ok ? { ok: true, asOf: debt.at } : debt
  }
  const last = facts.months.at(-1)
  if (!last) return { ok: false, why: 'none' }
  if (kind === 'reconciliation' && ledgersOf(facts.months).some(({ isWhole }) => !isWhole))
    return { ok: false, why: 'mismatch' }
  const asOf = facts.balance?.at ?? (`${nextPeriod(last.period)}-01` as const)
  return { ok: true, asOf: asOf < today ? asOf : today }
}
