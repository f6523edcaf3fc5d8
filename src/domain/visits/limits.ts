import { addDays, daysBetween, type LocalDate } from '../localDate.ts'
import type { LocalMoment } from './slots.ts'
import type { VisitTopic } from './topics.ts'
import type { VisitRules } from './visitRules.ts'

/** What a resident has booked and not yet visited. */
export interface BookedTopic {
  id: string
  topic: VisitTopic
}

/** `topic`: he has one for this topic already, `booking`; `all`: as many as one may have. */
export type LimitReached = { of: 'topic'; booking: string } | { of: 'all'; most: number }

/** Whether one more booking is too much. `instead`: the one that is being moved does not count. */
export function limitReached(
  booked: readonly BookedTopic[],
  topic: VisitTopic,
  { mostBookings }: VisitRules,
  instead?: string,
): LimitReached | undefined {
  const others = booked.filter(({ id }) => id !== instead)
  const same = others.find((one) => one.topic === topic)
  if (same) return { of: 'topic', booking: same.id }
  return others.length >= mostBookings ? { of: 'all', most: mostBookings } : undefined
}

/** The first day on which somebody may book again who did not come to these visits; nothing when he may. */
export function pausedUntil(
  missed: readonly LocalDate[],
  today: LocalDate,
  { mostMissed, missedDays, pauseDays }: VisitRules,
): LocalDate | undefined {
  const days = missed.toSorted()
  const lasts = days.filter((last, nth) => {
    const first = days[nth - mostMissed + 1]
    return first !== undefined && daysBetween(first, last) < missedDays
  })
  const last = lasts.at(-1)
  const until = last && addDays(last, pauseDays)
  return until && until > today ? until : undefined
}

/** Whether a visit may still be cancelled or moved. */
export function mayChange(
  { date, minute }: { date: LocalDate; minute: number },
  { today, minute: now }: LocalMoment,
  { changeMinutes }: VisitRules,
): boolean {
  return daysBetween(today, date) * 1440 + minute - now >= changeMinutes
}
