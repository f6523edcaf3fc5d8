import { text } from '../engine/text.ts'
import type { Sql } from '../infra/database.ts'
import type { Words } from './records.ts'
import { postInGeneral } from './writing.ts'

/**
 * A resident has deleted his data: what he and consultants said is gone here, and his topic with all that is in it from the forum. That there was a
 * talk, when and how long stays, about nobody. `holder`: who was talking with him is told.
 */
export async function forgetResident(
  sql: Sql,
  residentId: string,
  holder: { number: number; takenBy: string | null } | undefined,
  now: Date,
): Promise<void> {
  // A topic is locked before its hand-offs, always.
  const [topic] = await sql<{ id: number; forum: string | null; thread: string | null }>(
    'topic.forget',
    `UPDATE desk_topic SET title = NULL, card_stale = NULL WHERE resident_id = $1::uuid RETURNING id, forum, thread`,
    [residentId],
  )
  await sql(
    'reply.forget',
    'DELETE FROM request_reply p USING request r WHERE r.id = p.request_id AND r.resident_id = $1::uuid',
    [residentId],
  )
  if (!topic) return
  const { id, forum, thread } = topic
  const nothing: Words = { kind: 'words', text: { text: '', spans: [] }, files: [] }
  await sql(
    'line.forget',
    `UPDATE desk_line l SET body = $2::jsonb, message = NULL, chat = NULL, state = CASE WHEN l.state = 'pending' THEN 'kept' ELSE l.state END
     FROM hand_off h WHERE h.id = l.hand_off_id AND h.resident_id = $1::uuid`,
    [residentId, JSON.stringify(nothing)],
  )
  await sql(
    'handOff.forget',
    `UPDATE hand_off SET chat = '', account_id = NULL, rating_words = NULL, steps = '[]' WHERE resident_id = $1::uuid`,
    [residentId],
  )
  await sql('topic.nobodys', 'UPDATE desk_topic SET resident_id = NULL WHERE id = $1', [id])
  await sql(
    'post.forget',
    `UPDATE desk_post SET body = NULL, state = CASE WHEN state = 'pending' THEN 'dropped' ELSE state END WHERE topic_id = $1`,
    [id],
  )
  if (forum === null || thread === null) return
  await postInGeneral(sql, forum, { kind: 'delete', forum, thread }, now)
  if (!holder?.takenBy) return
  const { number, takenBy } = holder
  const said = text('desk.resident.deleted', { number })
  await postInGeneral(sql, forum, { kind: 'say', text: said, mentions: [takenBy] }, now)
}
