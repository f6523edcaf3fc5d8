import type { LocalDate } from '../localDate.ts'
import type { Kopecks, TenThousandths } from '../money.ts'
import type { Period } from '../period.ts'

/** MAIN: housing and utilities; CAPREM: the contribution to capital repair (взнос на капитальный ремонт). Each has a balance of its own. */
export const chargeKinds = ['MAIN', 'CAPREM'] as const
export type ChargeKind = (typeof chargeKinds)[number]

/**
 * A line of a month's charges, as the billing states it. `accrued` (начислено) is volume times tariff, `multiplier` what the multiplier of the
 * norm (повышающий коэффициент) adds, `recalculation` (перерасчёт) and `benefit` (льгота) are signed. A service may have several lines.
 */
export interface ChargeRow {
  service: string
  name: string
  supplier?: string
  unit?: string
  volume?: TenThousandths
  /** What the volume comes from: a meter, the norm, an average, the area. */
  basis?: string
  tariff?: TenThousandths
  accrued: Kopecks
  multiplier: Kopecks
  recalculation: Kopecks
  recalculationReason?: string
  benefit: Kopecks
  total: Kopecks
}

/** What of a month's figures does not add up. The figures are shown as they are: the billing alone may put them right. */
export const mismatches = ['ROW_TOTAL', 'CLOSING'] as const
export type Mismatch = (typeof mismatches)[number]

/** The charges of one account for one billing month and kind. `opening` and `closing` are balances: plus is a debt. */
export interface Charges {
  period: Period
  kind: ChargeKind
  rows: readonly ChargeRow[]
  opening: Kopecks
  paid: Kopecks
  penalty: Kopecks
  closing: Kopecks
  dueDate?: LocalDate
  mismatches: readonly Mismatch[]
}

/** What a line's total must be (domain rules, §3). */
export function rowTotal(row: Pick<ChargeRow, 'accrued' | 'multiplier' | 'recalculation' | 'benefit'>): Kopecks {
  return row.accrued + row.multiplier + row.recalculation + row.benefit
}

/** What has been charged for the month: a sum of rounded lines, never a rounded sum; without the penalty (пени). */
export function chargedFor({ rows }: Pick<Charges, 'rows'>): Kopecks {
  return rows.reduce((sum, row) => sum + row.total, 0)
}

/** What the closing balance must be (domain rules, §3). */
export function closingOf(charges: Pick<Charges, 'opening' | 'paid' | 'penalty' | 'rows'>): Kopecks {
  return charges.opening - charges.paid + chargedFor(charges) + charges.penalty
}

/** Which of the two identities of §3 the figures break. */
export function mismatchesOf(charges: Omit<Charges, 'mismatches'>): Mismatch[] {
  const broken = {
    ROW_TOTAL: charges.rows.some((row) => row.total !== rowTotal(row)),
    CLOSING: charges.closing !== closingOf(charges),
  }
  return mismatches.filter((each) => broken[each])
}
