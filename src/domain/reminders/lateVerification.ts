import type { ChargeRow } from '../charges/charges.ts'
import type { Service } from '../meter.ts'
import type { Kopecks } from '../money.ts'
import type { Thousandths } from '../volume.ts'

/** The lines of charges that a meter's volume makes; the first one says how much it was. */
const linesOf: Partial<Record<Service, readonly string[]>> = {
  HVS: ['HVS'],
  GVS: ['GVS_WATER', 'GVS_HEAT'],
}

interface Known {
  service: Service
  /** The monthly norm of one person. */
  norm: Thousandths | undefined
  persons: number
  /** The last month's charges. */
  rows: readonly Pick<ChargeRow, 'service' | 'volume' | 'accrued'>[]
}

/**
 * What a month costs by the norm with the multiplier, beside what the last month has cost: what awaits whoever is three months late with a
 * verification (Rules 354, п. 59, 60, 81(12)). An estimate, for words that say so: the billing alone computes bills. Nothing where the figures for it
 * are not known, or it would not cost more.
 */
export function costOfLateness(
  { service, norm, persons, rows }: Known,
  multipliers: Readonly<Record<string, number>>,
): { usual: Kopecks; late: Kopecks } | undefined {
  const lines = (linesOf[service] ?? []).map((code) => rows.find((row) => row.service === code))
  const volume = lines[0]?.volume
  const multiplier = multipliers[service]
  if (!volume || volume <= 0 || !norm || multiplier === undefined) return undefined
  const usual = lines.reduce((sum, row) => sum + (row?.accrued ?? 0), 0)
  // Volumes of charges have four places, norms three; multipliers are hundredths.
  const late = Math.round((usual * norm * 10 * persons * multiplier) / (volume * 100))
  return late > usual ? { usual, late } : undefined
}
