import type { LocalDate } from './localDate.ts'
import type { Thousandths } from './volume.ts'

/** ХВС, ГВС, отопление, электричество, газ. */
export const services = ['HVS', 'GVS', 'HEAT', 'EL', 'GAS'] as const
export type Service = (typeof services)[number]

/**
 * An individual meter (ИПУ) as the billing knows it. `digits` (разрядность) counts the places before the comma, `decimals` (0-3) those after it.
 * `zones` is the number of registers (T1 day or peak, T2 night, T3 half-peak), `ratio` the transformation ratio (1 when there is none).
 * `norm` is the monthly norm of one person, `average6` the monthly average of six months, both in thousandths of `unit`.
 * `photoRequired`: the billing takes its readings only with a photo of the dial. The next verification (поверка) is never computed from an interval: it is the billing's date.
 */
export interface Meter {
  id: string
  service: Service
  serial: string
  digits: number
  decimals: number
  zones: 1 | 2 | 3
  ratio: number
  unit: string
  verificationUntil?: LocalDate
  removedAt?: LocalDate
  norm?: Thousandths
  average6?: Thousandths
  photoRequired?: true
}

/** What the dial showed on a day, one value per zone. */
export interface Dial {
  values: Thousandths[]
  readAt: LocalDate
}

/**
 * `previous` is the last reading of an earlier period; `current` what was already given for the period that is now being filled
 * (`wantsPhoto`: without the photo that its meter requires).
 */
export type MeterOnHand = Meter & {
  previous?: Dial
  current?: Dial & { readingId: string; status: string; wantsPhoto?: true }
}

/** The first value a dial of so many digits cannot show: past it the register starts at 0 again. */
export function capacity(digits: number): Thousandths {
  return 10 ** digits * 1000
}
