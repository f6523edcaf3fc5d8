import type { LocalDate } from '../../domain/localDate.ts'
import type { RequestKind, RequestState } from '../../domain/requests/states.ts'
import type { ChatId } from '../../engine/event.ts'
import type { Sql } from '../../infra/database.ts'

/**
 * A request as staff judges it. `assignedTo`: nobody while it is new, also when it was reopened; `hadBy`: whoever had it last. `topicId`: nothing when it was never shown in a forum. `residentId`: nothing when he
 * has deleted his data.
 */
export interface DeskRequest {
  id: string
  number: number
  kind: RequestKind
  subject: string | null
  state: RequestState
  residentId: string | null
  accountId: number | null
  chat: ChatId
  assignedTo: string | null
  hadBy: string | null
  handOffId: string | null
  topicId: number | null
  sentAt: Date
  dueOn: LocalDate | null
  promisedAt: Date | null
  promise: string | null
}

export const requestColumns = `r.id, r.number, r.kind, r.subject, r.state::text, r.resident_id AS "residentId", r.account_id AS "accountId", r.chat,
  CASE WHEN r.state <> 'new' THEN r.assigned_to END AS "assignedTo", r.assigned_to AS "hadBy", r.hand_off_id AS "handOffId", r.topic_id AS "topicId", r.sent_at AS "sentAt", r.due_on::text AS "dueOn",
  r.promised_at AS "promisedAt", r.promise`

/** Of a request `r`: something is still to be done about it. (SQL) */
export const isOpenRequest = `r.state IN ('new', 'assigned', 'waiting', 'accepted')`

/** One that has been sent; nothing for drafts, which staff never sees. */
export async function findRequest(sql: Sql, id: string): Promise<DeskRequest | undefined> {
  const [found] = await sql<DeskRequest>(
    'staffRequest.find',
    `SELECT ${requestColumns} FROM request r WHERE r.id = $1::uuid AND r.state <> 'draft'`,
    [id],
  )
  return found
}

/** The same, held until the transaction ends. Its topic is locked before it, as with hand-offs. */
export async function lockRequest(sql: Sql, id: string): Promise<DeskRequest | undefined> {
  const [found] = await sql<DeskRequest>(
    'staffRequest.lock',
    `WITH topic AS MATERIALIZED (
       SELECT id FROM desk_topic WHERE id = (SELECT topic_id FROM request WHERE id = $1::uuid) FOR NO KEY UPDATE)
     SELECT ${requestColumns} FROM request r LEFT JOIN topic ON topic.id = r.topic_id
     WHERE r.id = $1::uuid AND r.state <> 'draft' FOR NO KEY UPDATE OF r`,
    [id],
  )
  return found
}
