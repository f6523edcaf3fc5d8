import type { ChatId } from '../../engine/event.ts'
import type { Sql } from '../../infra/database.ts'
import type { HandOffState, Subject } from '../records.ts'

/** A hand-off as transitions judge it. `takenAt`: since when its holder has it before him: taken, or back from being put off. */
export interface HandOff {
  id: string
  number: number
  residentId: string | null
  topicId: number
  chat: ChatId
  subject: Subject
  state: HandOffState
  morning: boolean
  queuedAt: Date
  takenBy: string | null
  takenAt: Date | null
  offeredTo: string | null
  refusedBy: string[]
  firstAnswerAt: Date | null
  residentAt: Date
  consultantAt: Date | null
  remindedAt: Date | null
  holdUntil: Date | null
  nextAt: Date | null
  closedAt: Date | null
}

export const handOffColumns = `h.id, h.number, h.resident_id AS "residentId", h.topic_id AS "topicId", h.chat, h.subject, h.state, h.morning,
  h.queued_at AS "queuedAt", h.taken_by AS "takenBy", h.taken_at AS "takenAt", h.offered_to AS "offeredTo", h.refused_by AS "refusedBy",
  h.first_answer_at AS "firstAnswerAt", h.resident_at AS "residentAt", h.consultant_at AS "consultantAt", h.reminded_at AS "remindedAt",
  h.hold_until AS "holdUntil", h.next_at AS "nextAt", h.closed_at AS "closedAt"`

/**
 * Holds a hand-off until the transaction ends. Its topic is locked before it, always: whoever opens a hand-off holds the topic (`topicOf`), so
 * nobody opens one beside another that is being reopened, and no two wait for each other.
 */
export async function lockHandOff(sql: Sql, id: string): Promise<HandOff | undefined> {
  const [found] = await sql<HandOff>(
    'handOff.lock',
    `WITH topic AS MATERIALIZED (
       SELECT id FROM desk_topic WHERE id = (SELECT topic_id FROM hand_off WHERE id = $1::uuid) FOR NO KEY UPDATE)
     SELECT ${handOffColumns} FROM topic JOIN hand_off h ON h.topic_id = topic.id WHERE h.id = $1::uuid FOR NO KEY UPDATE OF h`,
    [id],
  )
  return found
}
