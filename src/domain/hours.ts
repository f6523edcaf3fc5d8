import { DateTime } from 'luxon'
import { addDays, localDateOf, localMinuteOfDay, partsOf } from './localDate.ts'

/** Hours of every day, half-open: at `from` it is open, at `to` it is closed. Minutes since local midnight, 0 to 1440. */
export interface DailyHours {
  from: number
  to: number
}

/** Hours as they are configured: `08:00-20:00`, `00:00-24:00` for always. Nothing when wrong; hours over midnight are wrong. */
export function parseDailyHours(text: string): DailyHours | undefined {
  const match = /^\s*(\d{2}):([0-5]\d)\s*-\s*(\d{2}):([0-5]\d)\s*$/.exec(text)
  if (!match) return undefined
  const from = Number(match[1]) * 60 + Number(match[2])
  const to = Number(match[3]) * 60 + Number(match[4])
  return from < to && to <= 1440 ? { from, to } : undefined
}

export function isWithin(minuteOfDay: number, hours: DailyHours): boolean {
  return minuteOfDay >= hours.from && minuteOfDay < hours.to
}

/** Minutes since midnight as a clock shows them: «8:00». */
export const clockTime = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** The instant itself when it is within the hours, else the next opening: what may not be said at night is said in the morning. */
export function nextMomentWithin(instant: Date, hours: DailyHours, timeZone: string): Date {
  const minute = localMinuteOfDay(instant, timeZone)
  if (isWithin(minute, hours)) return instant
  const today = localDateOf(instant, timeZone)
  const { year, month, day } = partsOf(minute < hours.from ? today : addDays(today, 1))
  const [hour, minutePart] = [Math.floor(hours.from / 60), hours.from % 60]
  return DateTime.fromObject({ year, month, day, hour, minute: minutePart }, { zone: timeZone }).toJSDate()
}
