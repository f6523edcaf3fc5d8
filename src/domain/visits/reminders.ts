import { DateTime } from 'luxon'
import { isWithin } from '../hours.ts'
import { addDays, type LocalDate, partsOf } from '../localDate.ts'
import type { Rules } from '../rules.ts'

/** What somebody is reminded of a visit by: in the evening of the day before, and shortly before it. */
export type ReminderName = 'evening' | 'soon'

/**
 * When a visit is reminded of (domain.md, section 6): those moments that still lie ahead and within the hours in which residents may be disturbed.
 * Whoever books late in the evening before is not reminded that evening.
 */
export function remindersOf(
  { date, minute }: { date: LocalDate; minute: number },
  now: Date,
  { timeZone, visits }: Pick<Rules, 'timeZone' | 'visits'>,
): { name: ReminderName; at: Date }[] {
  const soon = minute - visits.remindMinutes
  const moments: { name: ReminderName; day: LocalDate; minute: number }[] = [
    { name: 'evening', day: addDays(date, -1), minute: visits.remindEvening },
    { name: 'soon', day: soon < 0 ? addDays(date, -1) : date, minute: (soon + 1440) % 1440 },
  ]
  return moments
    .filter(({ minute }) => isWithin(minute, visits.remindHours))
    .map(({ name, day, minute }) => ({ name, at: instant(day, minute, timeZone) }))
    .filter(({ at }) => at > now)
}

function instant(date: LocalDate, minuteOfDay: number, zone: string): Date {
  const { year, month, day } = partsOf(date)
  const [hour, minute] = [Math.floor(minuteOfDay / 60), minuteOfDay % 60]
  return DateTime.fromObject({ year, month, day, hour, minute }, { zone }).toJSDate()
}
