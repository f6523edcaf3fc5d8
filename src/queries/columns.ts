import type { LocalDate } from '../domain/localDate.ts'
import type { Meter } from '../domain/meter.ts'

// SQL that several statements share, and how their rows are read.

/** The address of the account `a`, as `AddressParts`. */
export const addressColumns = 'a.street_type AS "streetType", a.street, a.house, a.korpus, a.flat, a.room'

/** What a dial showed, in thousandths, a value a zone: of `r.t`, `o.t` (readings) or `m.last_t` (what the billing has). */
export const dial = (register: 'r.t' | 'o.t' | 'm.last_t'): string =>
  `array_remove(ARRAY[${[1, 2, 3].map((zone) => `(${register}${zone} * 1000)::float8`).join(', ')}], NULL)`

/** Readings `r` of one meter as a list of `MonthlyDial`, the earliest first. */
export const monthlyDials = `jsonb_agg(jsonb_build_object('period', r.period, 'readAt', r.read_at, 'values', ${dial('r.t')})
         ORDER BY r.period)`

/** The order in which meters `m` are asked for. */
export const meterOrder = `array_position(ARRAY['HVS', 'GVS', 'EL', 'GAS', 'HEAT'], m.service), m.serial, m.id`

/** What is known of the meter `m` itself. */
export const meterColumns = `m.id, m.service, m.serial, m.digits, m.decimals, m.zones, m.ratio::float8 AS ratio, m.unit,
       m.verification_until::text, m.photo_required`

export type MeterColumns = Pick<
  Meter,
  'id' | 'service' | 'serial' | 'digits' | 'decimals' | 'zones' | 'ratio' | 'unit'
> & { verification_until: LocalDate | null; photo_required: boolean }

export function meterOf(row: MeterColumns): Meter {
  const { id, service, serial, digits, decimals, zones, ratio, unit } = row
  return {
    ...{ id, service, serial, digits, decimals, zones, ratio, unit },
    ...(row.verification_until !== null && { verificationUntil: row.verification_until }),
    ...(row.photo_required && { photoRequired: true as const }),
  }
}
