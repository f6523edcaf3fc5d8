import type { Subject } from '../domain/deskSubjects.ts'
import type { Sql } from '../infra/database.ts'

/**
 * A resident's hand-off that is not over. `name`: the first name of whoever has it, when he is one of the consultants. `place` in the queue, 1 is next,
 * while nobody has it. `holdUntil`: an instant (ISO) until which it is put off.
 */
export interface ActiveHandOff {
  id: string
  number: number
  subject: Subject
  state: 'waiting' | 'taken' | 'on_hold'
  patient: boolean
  morning: boolean
  accountId?: number
  name?: string
  place?: number
  holdUntil?: string
}

/** A hand-off that is over. */
export interface ClosedHandOff {
  id: string
  number: number
  closedBy: string
  rating?: number
}

/** The hand-off that a resident has under way: there is one at most. */
export async function activeHandOff(sql: Sql, residentId: string): Promise<ActiveHandOff | undefined> {
  const [row] = await sql<ActiveRow>(
    'queries.activeHandOff',
    `SELECT h.id, h.number, h.subject, h.state, h.patient, h.morning, h.account_id, h.hold_until, c.name,
            CASE WHEN h.state = 'waiting' THEN (
              SELECT count(*)::int + 1 FROM hand_off o
              WHERE o.state = 'waiting' AND NOT o.patient AND (o.queued_at, o.number) < (h.queued_at, h.number)) END AS place
     FROM hand_off h LEFT JOIN consultant c ON c.id = h.taken_by
     WHERE h.resident_id = $1::uuid AND h.state <> 'closed'`,
    [residentId],
  )
  if (!row) return undefined
  const { id, number, subject, state, patient, morning, account_id, hold_until, name, place } = row
  return {
    ...{ id, number, subject, state, patient, morning },
    ...(account_id !== null && { accountId: account_id }),
    ...(name !== null && { name }),
    ...(place !== null && { place }),
    ...(hold_until !== null && { holdUntil: hold_until.toISOString() }),
  }
}

/** One of a resident's hand-offs that is over. */
export async function closedHandOff(sql: Sql, residentId: string, id: string): Promise<ClosedHandOff | undefined> {
  const [row] = await sql<{ id: string; number: number; closed_by: string | null; rating: number | null }>(
    'queries.closedHandOff',
    `SELECT id, number, closed_by, rating FROM hand_off WHERE id = $2::uuid AND resident_id = $1::uuid AND state = 'closed'`,
    [residentId, id],
  )
  return (
    row && {
      ...{ id: row.id, number: row.number, closedBy: row.closed_by ?? '' },
      ...(row.rating !== null && { rating: row.rating }),
    }
  )
}

interface ActiveRow {
  id: string
  number: number
  subject: Subject
  state: 'waiting' | 'taken' | 'on_hold'
  patient: boolean
  morning: boolean
  account_id: number | null
  hold_until: Date | null
  name: string | null
  place: number | null
}
