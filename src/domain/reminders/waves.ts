import { DateTime } from 'luxon'
import { addDays, daysInMonth, type LocalDate, localDateOf, partsOf } from '../localDate.ts'
import { addPeriods, periodOf } from '../period.ts'
import type { Rules } from '../rules.ts'
import type { WaveKind } from './kinds.ts'

/**
 * A reminder to all whom it concerns. `id` is the same whenever it is planned, and so are those of its notices: `noticesOf` and the resident. `about`:
 * what its dialog tells it by: `<kind>:<month or day>`, for readings with the number of the wave.
 */
export interface PlannedWave {
  id: string
  kind: WaveKind
  about: string
  noticesOf: string
  dueAt: Date
}

type Known = Pick<Rules, 'timeZone' | 'reminders' | 'readingsWindow'>

/** A wave that could not be begun on its day is begun so many days later at most. */
const lateDays = 2

/** The waves that are to have begun by now, those of the last days too: whoever asks finds again those that he has seen. */
export function wavesAt(now: Date, rules: Known): PlannedWave[] {
  const today = localDateOf(now, rules.timeZone)
  const days = Array.from({ length: lateDays + 1 }, (_, ago) => addDays(today, ago - lateDays))
  const begun = days.flatMap((day) => wavesOf(day, rules)).filter(({ dueAt }) => dueAt <= now)
  // Of two waves about the same the later one tells it all.
  return begun.filter(({ noticesOf }, nth) => begun.findLastIndex((one) => one.noticesOf === noticesOf) === nth)
}

/** The waves of one day. */
export function wavesOf(day: LocalDate, { timeZone, reminders, readingsWindow }: Known): PlannedWave[] {
  const period = periodOf(day)
  const dayOfMonth = partsOf(day).day
  const dueAt = reminderMoment(day, { timeZone, reminders })
  const wave = (kind: WaveKind, about: string, id = about): PlannedWave => ({
    ...{ kind, about: `${kind}:${about}`, id: `${kind}:${id}`, noticesOf: `${kind}:${about}`, dueAt },
  })
  const nth = daysOf(period, reminders.readingsDays).indexOf(dayOfMonth)
  const isOpen = dayOfMonth <= readingsWindow.toDay
  const { from, to } = reminders.billDays
  return [
    ...(nth >= 0 && isOpen ? [wave('readings', `${period}:${nth + 1}`)] : []),
    ...(dayOfMonth >= from && dayOfMonth <= to
      ? [wave('bill', addPeriods(period, -1), `${addPeriods(period, -1)}:${day}`)]
      : []),
    wave('due', addDays(day, reminders.dueDaysBefore)),
    ...(daysOf(period, [reminders.debtDay]).includes(dayOfMonth) ? [wave('debt', period)] : []),
    wave('verification', day),
    wave('rating', addDays(day, -reminders.ratingDays)),
  ].filter(({ kind }) => reminders.waves.includes(kind))
}

/**
 * Whether the next reminder of readings for the same month comes today or has come: whoever has not been told by the wave `about` by now, because it was
 * held up for days, is told by that one alone.
 */
export function isOvertaken(
  about: string,
  today: LocalDate,
  { reminders, readingsWindow }: Omit<Known, 'timeZone'>,
): boolean {
  const [, period, nth] = about.split(':')
  const present = periodOf(today)
  const next = daysOf(present, reminders.readingsDays)[Number(nth)]
  const comes = next !== undefined && next <= readingsWindow.toDay && reminders.waves.includes('readings')
  return comes && period === present && partsOf(today).day >= next
}

/** When reminders of a day begin to be sent. */
export function reminderMoment(day: LocalDate, { timeZone, reminders }: Pick<Rules, 'timeZone' | 'reminders'>): Date {
  const { year, month, day: of } = partsOf(day)
  const [hour, minute] = [Math.floor(reminders.minute / 60), reminders.minute % 60]
  return DateTime.fromObject({ year, month, day: of, hour, minute }, { zone: timeZone }).toJSDate()
}

/** A day the month does not have is its last one. */
function daysOf(period: ReturnType<typeof periodOf>, days: readonly number[]): number[] {
  const { year, month } = partsOf(`${period}-01`)
  return days.map((day) => Math.min(day, daysInMonth(year, month)))
}
