import { addDays, type LocalDate, startOfDay } from '../domain/localDate.ts'
import type { Sql } from '../infra/database.ts'

/** A talk with consultants, or a request that was answered, which its resident has not rated. */
export type Unrated = { of: 'talk'; id: string } | { of: 'request'; id: string; number: number }

/**
 * What of a resident's came to its end on a day and may be rated: the latest of it. Neither what he has rated nor what he would not, no talk that nobody
 * answered, and no request that staff have sent elsewhere.
 */
export async function unratedOf(
  sql: Sql,
  residentId: string,
  day: LocalDate,
  timeZone: string,
): Promise<Unrated | undefined> {
  const [row] = await sql<{ id: string; number: number | null }>(
    'queries.unrated',
    `SELECT h.id, NULL::int AS number, h.closed_at AS at FROM hand_off h
     WHERE h.resident_id = $1::uuid AND h.state = 'closed' AND h.closed_at >= $2 AND h.closed_at < $3 AND h.first_answer_at IS NOT NULL
       AND h.rating IS NULL AND h.rating_declined_at IS NULL
     UNION ALL
     SELECT q.id, q.number, q.answered_at FROM request q
     WHERE q.resident_id = $1::uuid AND q.kind = 'question' AND q.state IN ('answered', 'closed') AND q.answered_at >= $2 AND q.answered_at < $3
       AND q.rating IS NULL AND q.rating_declined_at IS NULL
     ORDER BY at DESC LIMIT 1`,
    [residentId, startOfDay(day, timeZone), startOfDay(addDays(day, 1), timeZone)],
  )
  if (!row) return undefined
  const { id, number } = row
  return number === null ? { of: 'talk', id } : { of: 'request', id, number }
}
