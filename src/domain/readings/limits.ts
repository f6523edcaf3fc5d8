import { compareDates, type LocalDate } from '../localDate.ts'
import { capacity, type Meter, type MeterOnHand, type Service } from '../meter.ts'
import { monthsBetween, periodOf } from '../period.ts'
import type { Thousandths } from '../volume.ts'

/**
 * What ran through between two positions of one register. A register that was within a tenth of its end may have passed zero
 * (переход через ноль); from anywhere else a smaller value is an error, and nothing is answered.
 */
export function consumption(
  previous: Thousandths,
  now: Thousandths,
  digits: number,
): { volume: Thousandths; rolledOver: boolean } | undefined {
  if (now >= previous) return { volume: now - previous, rolledOver: false }
  const end = capacity(digits)
  return previous * 10 >= end * 9 ? { volume: end - previous + now, rolledOver: true } : undefined
}

/**
 * What cannot run through a household meter in a month of 31 days, in thousandths: a DN15 water meter at 1.5 m³/h, 60 A × 230 V on one phase, a G4 gas
 * meter at 6 m³/h. Heat has no limit: its unit differs from meter to meter. Domain rules, §2, E_IMPOSSIBLE.
 */
export const physicalMonthlyLimit: Partial<Record<Service, Thousandths>> = {
  HVS: 1_116_000,
  GVS: 1_116_000,
  EL: 10_267_000,
  GAS: 4_464_000,
}

/** Below this a month is never called high. Water and electricity by domain rules §2, W_HIGH; gas is ours: a flat heated by gas in January. */
const softFloor: Partial<Record<Service, Thousandths>> = { HVS: 10_000, GVS: 10_000, EL: 600_000, GAS: 400_000 }

/**
 * The monthly volume above which we ask twice: max(3 × own average, 2 × norm × persons, floor), in thousandths.
 * Nothing when nothing is known to compare with (a heat meter without average and norm).
 */
export function softMonthlyLimit(meter: Meter, persons: number): Thousandths | undefined {
  const limit = Math.max(3 * (meter.average6 ?? 0), 2 * (meter.norm ?? 0) * persons, softFloor[meter.service] ?? 0)
  return limit > 0 ? limit : undefined
}

/** Billing months since the meter's previous reading, never less than one: limits of a month are multiplied by it. */
export function monthsSince(meter: MeterOnHand, readAt: LocalDate): number {
  const since = meter.previous?.readAt
  if (since === undefined || compareDates(since, readAt) >= 0) return 1
  return Math.max(1, monthsBetween(periodOf(since), periodOf(readAt)))
}

/** Digits after the comma that count for a meter: what its dial has, and no more than the centre takes. */
export function decimalsOf(meter: Meter, acceptDecimals: Record<Service, number>): number {
  return Math.min(meter.decimals, acceptDecimals[meter.service])
}
