import { addDays, isLocalDate, startOfDay } from '../../domain/localDate.ts'
import type { WhomOf } from './whom.ts'

/** Residents whose talk ended, or whose request was answered, on the day, and who have not said what they think of it. */
export const whoHasNotRated: WhomOf = (day, { timeZone }) => ({
  where: `(EXISTS (SELECT FROM hand_off h WHERE h.resident_id = p.id AND h.closed_at >= $10::timestamptz AND h.closed_at < $11::timestamptz
      AND h.rating IS NULL AND h.rating_declined_at IS NULL)
    OR EXISTS (SELECT FROM request q WHERE q.resident_id = p.id AND q.answered_at >= $10::timestamptz AND q.answered_at < $11::timestamptz
      AND q.rating IS NULL AND q.rating_declined_at IS NULL))`,
  values: isLocalDate(day) ? [startOfDay(day, timeZone), startOfDay(addDays(day, 1), timeZone)] : [null, null],
})
