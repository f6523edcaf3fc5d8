import { addDays, type LocalDate, localDateOf, localMinuteOfDay } from '../localDate.ts'
import type { Rules } from '../rules.ts'
import { isClosedOn, type Office } from './office.ts'
import { openSpans } from './officeHours.ts'
import type { VisitTopic } from './topics.ts'

/** A place that somebody has: from a minute of the day on, so many minutes, at a window. */
export interface Occupied {
  minute: number
  minutes: number
  window: number
}

/** A time and how many places it still has. */
export interface FreeTime {
  minute: number
  free: number
}

/** What time it is where the offices are. */
export interface LocalMoment {
  today: LocalDate
  minute: number
}

export const localMoment = (now: Date, { timeZone }: Pick<Rules, 'timeZone'>): LocalMoment => ({
  today: localDateOf(now, timeZone),
  minute: localMinuteOfDay(now, timeZone),
})

/** The times at which a visit may begin on a day, free or not; each ends before a break and before closing. */
export function slotsOf(office: Office, day: LocalDate, { days }: Rules['visits']): number[] {
  if (isClosedOn(office, day)) return []
  return openSpans(office.opening, day, days).flatMap(({ from, to }) =>
    Array.from({ length: Math.floor((to - from) / office.slotMinutes) }, (_, nth) => from + nth * office.slotMinutes),
  )
}

/** The days for which one can book: today and so many after it. */
export const bookableDays = ({ today }: LocalMoment, { horizonDays }: Rules['visits']): LocalDate[] =>
  Array.from({ length: horizonDays + 1 }, (_, ahead) => addDays(today, ahead))

/** The times of a day that have places left and have not begun, the earliest first. */
export function freeTimes(
  office: Office,
  day: LocalDate,
  occupied: readonly Occupied[],
  moment: LocalMoment,
  visits: Rules['visits'],
): FreeTime[] {
  return slotsOf(office, day, visits)
    .filter((minute) => !hasBegun(day, minute, moment))
    .map((minute) => ({ minute, free: freeWindows(office, minute, occupied).length }))
    .filter(({ free }) => free > 0)
}

/** The windows, from 1 on, where nobody sits for any part of the visit that begins at a minute. */
export function freeWindows({ windows, slotMinutes }: Office, minute: number, occupied: readonly Occupied[]): number[] {
  const busy = new Set(
    occupied
      .filter((other) => other.minute < minute + slotMinutes && minute < other.minute + other.minutes)
      .map(({ window }) => window),
  )
  return Array.from({ length: windows }, (_, nth) => nth + 1).filter((window) => !busy.has(window))
}

export const hasBegun = (day: LocalDate, minute: number, { today, minute: now }: LocalMoment): boolean =>
  day < today || (day === today && minute <= now)

/**
 * Why nobody can book this, whoever he is and however many places are left; nothing when he can. `officeClosed`: closed on that day, or no
 * such time any more, or not for this topic.
 */
export function whyNotOffered(
  office: Office,
  { date, minute, topic }: { date: LocalDate; minute: number; topic: VisitTopic },
  moment: LocalMoment,
  visits: Rules['visits'],
): 'officeClosed' | 'tooLate' | 'outOfHorizon' | undefined {
  if (hasBegun(date, minute, moment)) return 'tooLate'
  if (date > addDays(moment.today, visits.horizonDays)) return 'outOfHorizon'
  return isOffered(office, { date, minute, topic }, visits) ? undefined : 'officeClosed'
}

/** Whether an office receives at that time for that topic at all. */
export const isOffered = (
  office: Office,
  { date, minute, topic }: { date: LocalDate; minute: number; topic: VisitTopic },
  visits: Rules['visits'],
): boolean => office.topics.includes(topic) && slotsOf(office, date, visits).includes(minute)
