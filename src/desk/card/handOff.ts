import type { ChatId } from '../../engine/event.ts'
import type { Sql } from '../../infra/database.ts'
import type { DialogStep, HandOffState, Subject } from '../records.ts'

/**
 * The hand-off that a topic is about now: the one that is not closed, else the latest. Instants are ISO. `place`: in the queue of those who wait in their chats, from 1. `taker` and
 * `offered` are names; a taker who is no consultant of ours has none (`takenBy` begins with `vk:` where it is an administrator of the community).
 */
export interface HandOff {
  id: string
  number: number
  /** Absent when he has deleted his data. */
  residentId?: string
  chat: ChatId
  subject: Subject
  accountId?: number
  state: HandOffState
  place: number
  patient: boolean
  morning: boolean
  queuedAt: string
  takenBy?: string
  taker?: string
  takenAt?: string
  offered?: string
  holdUntil?: string
  closedAt?: string
  closedBy?: string
  rating?: number
  ratingWords?: string
  steps: DialogStep[]
}

/** Whether somebody has it, and may therefore see what we know of the resident. */
export const isHeld = ({ state }: Pick<HandOff, 'state'>): boolean => state === 'taken' || state === 'on_hold'

export async function presentHandOff(sql: Sql, topicId: number): Promise<HandOff | undefined> {
  const [row] = await sql<Row>(
    'card.handOff',
    `SELECT h.id, h.number, h.resident_id AS "residentId", h.chat, h.subject, h.account_id AS "accountId", h.state::text, h.patient, h.morning,
            h.queued_at AS "queuedAt", h.taken_by AS "takenBy", h.taken_at AS "takenAt", h.hold_until AS "holdUntil", h.closed_at AS "closedAt",
            h.closed_by AS "closedBy", h.rating, h.rating_words AS "ratingWords", h.steps, taker.name AS taker, offered.name AS offered,
            1 + (SELECT count(*) FROM hand_off w
                 WHERE w.state = 'waiting' AND NOT w.patient AND (w.queued_at, w.number) < (h.queued_at, h.number))::int AS place
     FROM hand_off h
     LEFT JOIN consultant taker ON taker.id = h.taken_by
     LEFT JOIN consultant offered ON offered.id = h.offered_to
     WHERE h.topic_id = $1 ORDER BY h.state = 'closed', h.number DESC LIMIT 1`,
    [topicId],
  )
  if (!row) return undefined
  const { id, number, chat, subject, state, place, patient, morning, queuedAt, steps, ...rest } = row
  const { residentId, accountId, takenBy, taker, takenAt, offered, holdUntil, closedAt, closedBy, rating } = rest
  return {
    ...{ id, number, chat, subject, state, place, patient, morning, steps, queuedAt: queuedAt.toISOString() },
    ...(residentId !== null && { residentId }),
    ...(accountId !== null && { accountId }),
    ...(takenBy !== null && { takenBy }),
    ...(taker !== null && { taker }),
    ...(takenAt && { takenAt: takenAt.toISOString() }),
    ...(offered !== null && { offered }),
    ...(holdUntil && { holdUntil: holdUntil.toISOString() }),
    ...(closedAt && { closedAt: closedAt.toISOString() }),
    ...(closedBy !== null && { closedBy }),
    ...(rating !== null && { rating }),
    ...(rest.ratingWords !== null && { ratingWords: rest.ratingWords }),
  }
}

interface Row {
  id: string
  number: number
  residentId: string | null
  chat: ChatId
  subject: Subject
  accountId: number | null
  state: HandOffState
  place: number
  patient: boolean
  morning: boolean
  queuedAt: Date
  takenBy: string | null
  taker: string | null
  takenAt: Date | null
  offered: string | null
  holdUntil: Date | null
  closedAt: Date | null
  closedBy: string | null
  rating: number | null
  ratingWords: string | null
  steps: DialogStep[]
}
