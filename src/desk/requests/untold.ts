import { text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { post } from '../writing.ts'

/**
 * A line of a request (`about`; that a file was refused is his own affair) has reached its resident in none of his chats: he has blocked the bot everywhere, or has none left. Its topic is told so under
 * the consultant's words, once.
 */
export async function requestUntold(sql: Sql, about: string, now: Date): Promise<void> {
  if (!/^\d+$/.test(about)) return
  const [line] = await sql<{ request: string; number: number; topicId: number | null; message: string | null }>(
    'staffRequest.untold',
    `SELECT r.id AS request, r.number, r.topic_id AS "topicId", coalesce(l.staff_message, r.staff_message) AS message
     FROM request_line l JOIN request r ON r.id = l.request_id
     WHERE l.id = $1::bigint AND l.author <> 'resident' AND r.resident_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM desk_post p WHERE p.topic_id = r.topic_id AND p.body ->> 'untold' = $1::text)`,
    [about],
  )
  if (!line || line.topicId === null) return
  const { request, number, message } = line
  const said = text('desk.request.untold', { number })
  const act = { kind: 'say', text: said, about: { request }, untold: about } as const
  await post(sql, line.topicId, { ...act, ...(message !== null && { repliesTo: message }) }, now)
}
