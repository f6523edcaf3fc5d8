import { type Text, text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { post } from '../writing.ts'
import type { Unreached } from './reach.ts'

/**
 * A line of a request (`about`; that a file was refused is his own affair) has not reached its resident: most often he has
 * blocked the bot everywhere. Its topic is told so under the consultant's words, once.
 */
export async function requestUntold(sql: Sql, about: string, now: Date, why: Unreached = 'blocked'): Promise<void> {
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
  const said = untoldText(number, why)
  const act = { kind: 'say', text: said, about: { request }, untold: about } as const
  await post(sql, line.topicId, { ...act, ...(message !== null && { repliesTo: message }) }, now)
}

export const untoldText = (number: number, why: Unreached): Text => text(`desk.request.untold.${why}`, { number })
