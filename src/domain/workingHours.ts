import { DateTime } from 'luxon'
import { type DailyHours, isWithin, parseDailyHours } from './hours.ts'
import { addDays, type LocalDate, localDateOf, localMinuteOfDay, partsOf } from './localDate.ts'

/** When somebody is there: the hours of every day, and those of days that are not like others (holidays, short days, a second span). */
export interface WorkingHours {
  timeZone: string
  daily: DailyHours
  days: ReadonlyMap<LocalDate, readonly DailyHours[]>
}

/** Spans of a day, `08:00-12:00,13:00-16:00`; an empty text is a day when nobody is there. Nothing when wrong, out of order or overlapping. */
export function parseSpans(text: string): DailyHours[] | undefined {
  if (text.trim() === '') return []
  const spans = text.split(',').map(parseDailyHours)
  const found = spans.flatMap((span) => span ?? [])
  const inOrder = found.every((span, index) => index === 0 || (found[index - 1]?.to ?? 0) <= span.from)
  return found.length === spans.length && inOrder ? found : undefined
}

export const spansOf = ({ daily, days }: WorkingHours, day: LocalDate): readonly DailyHours[] =>
  days.get(day) ?? [daily]

export function isOpenAt(hours: WorkingHours, now: Date): boolean {
  const minute = localMinuteOfDay(now, hours.timeZone)
  return spansOf(hours, localDateOf(now, hours.timeZone)).some((span) => isWithin(minute, span))
}

/** The end of the span that is open now, spans that touch taken as one; nothing when it is closed, or open without end. */
export function closesAt(hours: WorkingHours, now: Date): Date | undefined {
  if (!isOpenAt(hours, now)) return undefined
  let end: Date | undefined
  for (const [from, to] of spansFrom(hours, now)) {
    if (to <= now) continue
    if (end && from.getTime() !== end.getTime()) return end
    end = to
  }
  return undefined
}

/** The next moment when it opens; nothing when it is open now, or stays closed for a year. */
export function opensAt(hours: WorkingHours, now: Date): Date | undefined {
  if (isOpenAt(hours, now)) return undefined
  for (const [from] of spansFrom(hours, now)) if (from > now) return from
  return undefined
}

const daysAhead = 366

function* spansFrom(hours: WorkingHours, now: Date): Generator<[Date, Date]> {
  const today = localDateOf(now, hours.timeZone)
  for (let ahead = 0; ahead < daysAhead; ahead++) {
    const day = addDays(today, ahead)
    for (const { from, to } of spansOf(hours, day)) yield [instantOf(day, from, hours), instantOf(day, to, hours)]
  }
}

/** The instant at which a day's local clock shows so many minutes since midnight; 1440 is the next midnight. */
export function instantOf(date: LocalDate, minuteOfDay: number, { timeZone }: Pick<WorkingHours, 'timeZone'>): Date {
  const { year, month, day } = partsOf(date)
  const midnight = DateTime.fromObject({ year, month, day }, { zone: timeZone })
  return midnight.set({ hour: 0, minute: 0 }).plus({ minutes: minuteOfDay }).toJSDate()
}
