import type { LocalDate } from './localDate.ts'
import { addPeriods, monthsBetween, type Period, periodOf } from './period.ts'
import { consumption } from './readings/limits.ts'
import type { Thousandths } from './volume.ts'

/** What a dial showed for a billing month, one value a zone. */
export interface MonthlyDial {
  period: Period
  values: Thousandths[]
  readAt: LocalDate
}

/**
 * A billing month of a meter. `used` is what ran through, a value a zone, times the transformation ratio.
 * `measured`: there was a reading for this month and for the one before. `averaged`: an even share of what ran through while no
 * readings came; the month whose reading ended the silence is one of them and has the whole in `since`. `unknown`: nothing can
 * be said (the first reading, no reading since the last, a dial that went backwards).
 */
export interface MonthOfMeter {
  period: Period
  kind: 'measured' | 'averaged' | 'unknown'
  values?: Thousandths[]
  used?: Thousandths[]
  since?: { months: number; used: Thousandths[] }
  /** The register passed zero on the way. */
  rolledOver?: true
}

/** The longest history that is shown. */
export const mostMonths = 24

/** The latest year of a meter, the earliest month first: what a picture shows, so that it can be read on a phone. */
export const yearOfMeter = (...of: Parameters<typeof monthsOfMeter>): MonthOfMeter[] => monthsOfMeter(...of).slice(-12)

/**
 * The months of a meter, the earliest first, at most two years: from its first reading to the month before the present one, or
 * further when its reading is there already; of a meter that was taken out, to the month of that. `dials` may stand in any order
 * and begin before those two years: the one before them is what the first month is counted from.
 */
export function monthsOfMeter(
  dials: readonly MonthlyDial[],
  meter: { digits: number; ratio: number; removedAt?: LocalDate },
  present: Period,
): MonthOfMeter[] {
  const known = dials.toSorted((a, b) => (a.period < b.period ? -1 : 1))
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return []
  const lately = addPeriods(present, -1)
  const silent = meter.removedAt === undefined ? lately : min(lately, periodOf(meter.removedAt))
  const to = max(last.period, silent)
  const months = new Map<Period, MonthOfMeter>([
    [first.period, { period: first.period, kind: 'unknown', values: first.values }],
  ])
  for (const [index, dial] of known.entries()) {
    const before = known[index - 1]
    if (before) for (const month of between(before, dial, meter)) months.set(month.period, month)
  }
  const from = max(first.period, addPeriods(to, 1 - mostMonths))
  return Array.from({ length: monthsBetween(from, to) + 1 }, (_, index) => {
    const period = addPeriods(from, index)
    return months.get(period) ?? { period, kind: 'unknown' }
  })
}

/** What a picture says in a few words. Totals are of all zones together; months nothing is known of do not count. */
export interface ConsumptionSummary {
  months: number
  total: Thousandths
  /** A zone's own total, in the order of the zones. */
  zones: Thousandths[]
  /** Of a month, as exact as an average may be told. */
  average: Thousandths
  most: { period: Period; used: Thousandths }
  least: { period: Period; used: Thousandths }
}

/** Nothing when there is no month whose consumption is known. Averages are the most or the least only where nothing was measured. */
export function summaryOf(months: readonly MonthOfMeter[]): ConsumptionSummary | undefined {
  const known = months.flatMap(({ period, kind, used }) =>
    used ? [{ period, kind, used: sum(used), zones: used }] : [],
  )
  const measured = known.filter(({ kind }) => kind === 'measured')
  const compared = measured.length > 0 ? measured : known
  const [first] = compared
  if (!first) return undefined
  const total = sum(known.map(({ used }) => used))
  const zones = first.zones.map((_, zone) => sum(known.map((month) => month.zones[zone] ?? 0)))
  const most = compared.reduce((best, month) => (month.used > best.used ? month : best))
  const least = compared.reduce((best, month) => (month.used < best.used ? month : best))
  return {
    months: known.length,
    total,
    zones,
    average: roughly(total / known.length),
    most: { period: most.period, used: most.used },
    least: { period: least.period, used: least.used },
  }
}

/** Fewer months are no habit. */
const fewestMonths = 3

/**
 * What runs through in a month by a household's own readings of the last half year, for a meter of which the billing tells no
 * average (domain.md, section 2: six months, at least three). Nothing while fewer are known.
 */
export function ownAverage(
  dials: readonly MonthlyDial[],
  meter: { digits: number; ratio: number },
  present: Period,
): Thousandths | undefined {
  const half = monthsOfMeter(dials, meter, present).filter(({ period }) => period < present)
  const used = half.slice(-6).flatMap((month) => (month.used ? [sum(month.used)] : []))
  return used.length < fewestMonths ? undefined : Math.round(sum(used) / used.length)
}

/** An average is no exact number and is not told as one: a tenth will do. */
export const roughly = (volume: number): Thousandths => Math.round(volume / 100) * 100

/** The months after one reading up to the next. */
function between(
  before: MonthlyDial,
  dial: MonthlyDial,
  { digits, ratio }: { digits: number; ratio: number },
): MonthOfMeter[] {
  const { period, values } = dial
  const months = monthsBetween(before.period, period)
  const ran = values.map((value, zone) => {
    const from = before.values[zone]
    return from === undefined ? undefined : consumption(from, value, digits)
  })
  const used = ran.flatMap((one) => (one ? [Math.round(one.volume * ratio)] : []))
  if (used.length !== before.values.length || used.length !== values.length) {
    return [{ period, kind: 'unknown', values }]
  }
  const passedZero = ran.some((one) => one?.rolledOver) ? ({ rolledOver: true } as const) : {}
  if (months === 1) return [{ period, kind: 'measured', values, used, ...passedZero }]
  return Array.from({ length: months }, (_, index): MonthOfMeter => {
    const month = addPeriods(before.period, index + 1)
    const share = used.map((volume) => shareOf(volume, months, index))
    if (index < months - 1) return { period: month, kind: 'averaged', used: share }
    return { period: month, kind: 'averaged', values, used: share, since: { months, used }, ...passedZero }
  })
}

/** Even shares in whole thousandths that add up to the whole. */
const shareOf = (whole: Thousandths, parts: number, index: number): Thousandths =>
  Math.floor((whole * (index + 1)) / parts) - Math.floor((whole * index) / parts)

const sum = (volumes: readonly Thousandths[]): Thousandths => volumes.reduce((total, volume) => total + volume, 0)
const min = (a: Period, b: Period): Period => (a < b ? a : b)
const max = (a: Period, b: Period): Period => (a > b ? a : b)
