import { dayOf } from '../../domain/deskMoment.ts'
import { addDays, type LocalDate, startOfDay } from '../../domain/localDate.ts'
import type { WorkingHours } from '../../domain/workingHours.ts'

/** A local day for statements: its bounds, and when it opened. */
export interface DayBounds {
  day: LocalDate
  from: Date
  until: Date
  opens: Date | null
}

/** The days from one to another, both included. */
export function boundsOf(from: LocalDate, to: LocalDate, hours: WorkingHours): DayBounds[] {
  const days: DayBounds[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const [start, until] = [startOfDay(day, hours.timeZone), startOfDay(addDays(day, 1), hours.timeZone)]
    days.push({ day, from: start, until, opens: dayOf(hours, day)?.opens ?? null })
  }
  return days
}

/** Days as a table expression of `$1` to `$4`. */
export const daysTable = `days AS (
  SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[]) AS d(day, start, until, opens))`

export const daysValues = (days: readonly DayBounds[]): unknown[] => [
  days.map(({ day }) => day),
  days.map(({ from }) => from),
  days.map(({ until }) => until),
  days.map(({ opens }) => opens),
]

/** Whether an instant is of the day `d`. */
export const within = (instant: string): string => `(${instant} >= d.start AND ${instant} < d.until)`
