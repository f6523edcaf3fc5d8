import { type MonthlyDial, monthsOfMeter } from '../consumption.ts'
import type { LocalDate } from '../localDate.ts'
import type { Meter } from '../meter.ts'
import { nextPeriod, type Period } from '../period.ts'
import type { Thousandths } from '../volume.ts'

/**
 * A meter as a month's receipt has it, values a zone each: what it showed before, what for this month, and what ran through in between,
 * times the transformation ratio. Of a month without a reading only what it showed before is known.
 */
export interface ReceiptMeter extends Pick<Meter, 'id' | 'service' | 'serial' | 'unit' | 'zones'> {
  previous?: Thousandths[]
  current?: Thousandths[]
  used?: Thousandths[]
  verifiedUntil?: LocalDate
}

/** The meters that were in service in a month, in the order given. `removedAt`: one taken out before it is not among them. */
export function metersOfReceipt(
  meters: readonly (Meter & { dials: readonly MonthlyDial[] })[],
  period: Period,
): ReceiptMeter[] {
  return meters.flatMap((meter): ReceiptMeter[] => {
    const { id, service, serial, unit, zones, dials, removedAt, verificationUntil: verifiedUntil } = meter
    const known = dials.filter((dial) => dial.period <= period)
    const isLater = known.length === 0 && dials.length > 0
    if (isLater || (removedAt !== undefined && removedAt < `${period}-01`)) return []
    const previous = known.findLast((dial) => dial.period < period)?.values
    const month = monthsOfMeter(known, meter, nextPeriod(period)).find((one) => one.period === period)
    const used = month?.values && (month.since?.used ?? month.used)
    return [
      {
        ...{ id, service, serial, unit, zones },
        ...(previous && { previous }),
        ...(month?.values && { current: month.values }),
        ...(used && { used }),
        ...(verifiedUntil !== undefined && { verifiedUntil }),
      },
    ]
  })
}
