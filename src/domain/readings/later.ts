import { DateTime } from 'luxon'
import { nextMomentWithin } from '../hours.ts'
import { daysInMonth, type LocalDate, partsOf } from '../localDate.ts'
import { entersPeriod } from '../period.ts'
import type { Rules } from '../rules.ts'

const dayMs = 86_400_000
const lastHour = 60

/**
 * When readings that were put off are offered again: a day later within the hours for mailings, but not after the last such hour of the
 * window's last day. Nothing when that hour has begun: the receipt's last chance is now.
 */
export function laterMoment(
  now: Date,
  today: LocalDate,
  { readingsWindow, mailingHours, timeZone }: Pick<Rules, 'readingsWindow' | 'mailingHours' | 'timeZone'>,
): Date | undefined {
  const { year, month } = partsOf(`${entersPeriod(today, readingsWindow).period}-01`)
  const day = Math.min(readingsWindow.toDay, daysInMonth(year, month))
  const minutes = Math.max(mailingHours.from, mailingHours.to - lastHour)
  const at = { year, month, day, hour: Math.floor(minutes / 60), minute: minutes % 60 }
  const last = DateTime.fromObject(at, { zone: timeZone }).toJSDate()
  if (last <= now) return undefined
  const dayLater = nextMomentWithin(new Date(now.getTime() + dayMs), mailingHours, timeZone)
  return new Date(Math.min(dayLater.getTime(), last.getTime()))
}
