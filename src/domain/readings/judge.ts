import { compareDates, type LocalDate } from '../localDate.ts'
import { capacity, type MeterOnHand, type Service } from '../meter.ts'
import { entersPeriod, type Period, type ReadingsWindow } from '../period.ts'
import { type Thousandths, truncateVolume } from '../volume.ts'
import { consumption, decimalsOf, monthsSince, physicalMonthlyLimit, softMonthlyLimit } from './limits.ts'
import type { Entry } from './parse.ts'
import { suggestionFor } from './suggestion.ts'

/** What a judgement needs beside the meter. `readAt` is the day the dial was read, today unless told; `persons` live in the flat. */
export interface ReadingFacts {
  today: LocalDate
  window: ReadingsWindow
  persons: number
  acceptDecimals: Record<Service, number>
  readAt?: LocalDate
}

/** Why a reading is not taken. `zone` (1-3) only for a meter of several zones; `suggestion` holds values (one per zone) that would be plausible. */
export type Refusal =
  | { code: 'E_DIGITS'; zone?: number; digits: number; suggestion?: Thousandths[] }
  | { code: 'E_FUTURE'; readAt: LocalDate }
  | { code: 'E_METER_CLOSED'; removedAt?: LocalDate }
  | { code: 'E_ZONES'; given: number; expected: number }
  | { code: 'E_LESS'; zone?: number; previous: Thousandths; suggestion?: Thousandths[] }
  | { code: 'E_IMPOSSIBLE'; consumption: Thousandths; limit: Thousandths; suggestion?: Thousandths[] }

/** Why a reading is taken only after the resident has said once more that it is so. */
export type Doubt =
  | { code: 'W_ROLLOVER'; zone?: number; previous: Thousandths; consumption: Thousandths }
  | { code: 'W_HIGH'; consumption: Thousandths; limit: Thousandths; suggestion?: Thousandths[] }
  | { code: 'W_ZERO' }
  | { code: 'W_WINDOW'; period: Period; late: boolean }
  | { code: 'W_VERIFICATION'; until: LocalDate }
  | { code: 'W_SWAP'; withMeterId: string; values: Thousandths[] }

/** `entry` is cut to the decimals that are taken: it is what to store. `consumption` per zone on the dial, when a previous reading is known. */
export interface Judged {
  entry: Entry
  consumption?: Thousandths[]
  refusal?: Refusal
  doubts: Doubt[]
}

/**
 * Judges one reading against the meter's previous one by the checks of the domain rules, §2, in their order; the first refusal ends it.
 * Decimals beyond those of the dial and those the centre takes are cut off, never an error, and the previous reading is compared at the same
 * precision: after 412.615 a centre that takes whole numbers takes 412.
 */
export function judge(entry: Entry, meter: MeterOnHand, facts: ReadingFacts): Judged {
  const cut = { meterId: entry.meterId, values: atPrecision(entry.values, meter, facts) }
  const verdict = verdictOn(cut.values, meter, facts)
  const suggestion = suggestionFor(cut.values, verdict, meter, (values) => isPlausible(values, meter, facts))
  const suggested = suggestion && { suggestion: atPrecision(suggestion, meter, facts) }
  const { refusal } = verdict
  if (refusal)
    return { entry: cut, refusal: isCorrectable(refusal) ? { ...refusal, ...suggested } : refusal, doubts: [] }
  const used = consumptionShown(cut.values, meter, facts)
  return {
    entry: cut,
    ...(used ? { consumption: used } : {}),
    doubts: verdict.doubts.map((doubt) => (doubt.code === 'W_HIGH' ? { ...doubt, ...suggested } : doubt)),
  }
}

export type Verdict = { refusal?: Refusal; doubts: Doubt[] }

/** Whether nothing speaks against the size of the values: no refusal, no roll-over, not high. */
export function isPlausible(values: Thousandths[], meter: MeterOnHand, facts: ReadingFacts): boolean {
  const { refusal, doubts } = verdictOn(atPrecision(values, meter, facts), meter, facts)
  return !refusal && !doubts.some(({ code }) => code === 'W_HIGH' || code === 'W_ROLLOVER')
}

function verdictOn(values: Thousandths[], meter: MeterOnHand, facts: ReadingFacts): Verdict {
  const readAt = facts.readAt ?? facts.today
  const refusal = refusalOfForm(values, meter, readAt, facts.today)
  if (refusal) return { refusal, doubts: [] }
  const measured = measure(values, meter, facts, readAt)
  if (measured.refusal) return measured
  const { period, late } = entersPeriod(facts.today, facts.window)
  const outside = late || Number(facts.today.slice(8, 10)) < facts.window.fromDay
  const until = meter.verificationUntil
  const doubts: Doubt[] = [...measured.doubts]
  if (outside) doubts.push({ code: 'W_WINDOW', period, late })
  if (until !== undefined && compareDates(until, readAt) < 0) doubts.push({ code: 'W_VERIFICATION', until })
  return { doubts }
}

function refusalOfForm(
  values: Thousandths[],
  meter: MeterOnHand,
  readAt: LocalDate,
  today: LocalDate,
): Refusal | undefined {
  const tooLong = values.findIndex((value) => value >= capacity(meter.digits))
  if (tooLong >= 0) return { code: 'E_DIGITS', ...zoneOf(tooLong, meter), digits: meter.digits }
  if (compareDates(readAt, today) > 0) return { code: 'E_FUTURE', readAt }
  if (meter.removedAt !== undefined && compareDates(readAt, meter.removedAt) > 0) {
    return { code: 'E_METER_CLOSED', removedAt: meter.removedAt }
  }
  if (values.length !== meter.zones) return { code: 'E_ZONES', given: values.length, expected: meter.zones }
  return undefined
}

function measure(values: Thousandths[], meter: MeterOnHand, facts: ReadingFacts, readAt: LocalDate): Verdict {
  const previous = meter.previous && atPrecision(meter.previous.values, meter, facts)
  if (!previous) return { doubts: [] }
  const months = monthsSince(meter, readAt)
  const soft = softMonthlyLimit(meter, facts.persons)
  const softLimit = soft === undefined ? undefined : soft * months
  const doubts: Doubt[] = []
  let total = 0
  for (const [zone, value] of values.entries()) {
    const before = previous[zone]
    if (before === undefined) continue
    const used = consumption(before, value, meter.digits)
    const wrapped = used?.rolledOver ? used.volume * meter.ratio : 0
    if (!used || (used.rolledOver && !(softLimit !== undefined && wrapped <= softLimit))) {
      return {
        refusal: { code: 'E_LESS', ...zoneOf(zone, meter), previous: meter.previous?.values[zone] ?? before },
        doubts: [],
      }
    }
    total += used.volume
    if (used.rolledOver)
      doubts.push({ code: 'W_ROLLOVER', ...zoneOf(zone, meter), previous: before, consumption: used.volume })
  }
  const impossible = physicalMonthlyLimit[meter.service]
  if (impossible !== undefined && total > impossible * months) {
    return { refusal: { code: 'E_IMPOSSIBLE', consumption: total, limit: impossible * months }, doubts: [] }
  }
  // The average and the norm are of what was billed, which a transformer multiplies; the dial's own limit is not.
  if (softLimit !== undefined && total * meter.ratio > softLimit) {
    doubts.push({ code: 'W_HIGH', consumption: total * meter.ratio, limit: softLimit })
  }
  if (total === 0) doubts.push({ code: 'W_ZERO' })
  return { doubts }
}

function consumptionShown(values: Thousandths[], meter: MeterOnHand, facts: ReadingFacts): Thousandths[] | undefined {
  const previous = meter.previous?.values
  if (previous?.length !== values.length) return undefined
  const known = atPrecision(previous, meter, facts)
  return values.map((value, zone) => {
    const before = previous[zone] ?? 0
    // Behind the previous value by less than we can see: the dial has not moved.
    if (value >= (known[zone] ?? 0)) return Math.max(0, value - before)
    return consumption(before, value, meter.digits)?.volume ?? 0
  })
}

function atPrecision(values: Thousandths[], meter: MeterOnHand, facts: ReadingFacts): Thousandths[] {
  return values.map((value) => truncateVolume(value, decimalsOf(meter, facts.acceptDecimals)))
}

function isCorrectable(
  refusal: Refusal,
): refusal is Extract<Refusal, { code: 'E_DIGITS' | 'E_LESS' | 'E_IMPOSSIBLE' }> {
  return refusal.code === 'E_DIGITS' || refusal.code === 'E_LESS' || refusal.code === 'E_IMPOSSIBLE'
}

function zoneOf(index: number, meter: MeterOnHand): { zone?: number } {
  return meter.zones > 1 ? { zone: index + 1 } : {}
}
