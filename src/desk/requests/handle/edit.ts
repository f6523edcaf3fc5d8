import { text } from '../../../engine/text.ts'
import { reply, type Turn } from '../../handle/turn.ts'

/**
 * He has corrected what he wrote in answer to a request: before it is sent it changes where it stands; what the resident has been told stays told, and
 * he says so. False when the message is none of these.
 */
export async function editReply(turn: Turn, corrected: string, message: string): Promise<boolean> {
  const { sql, spot, who } = turn
  const [found] = await sql<{ id: string; request: string; state: string; text: string }>(
    'reply.edited',
    `SELECT p.id::text, p.request_id AS request, p.state::text, p.text FROM request_reply p JOIN request r ON r.id = p.request_id
     WHERE r.topic_id = $1 AND p.message = $2 AND p.by = $3 ORDER BY p.id DESC LIMIT 1 FOR NO KEY UPDATE OF p`,
    [spot?.topicId ?? null, message, who.id],
  )
  if (!found) return false
  if (found.text === corrected) return true
  if (found.state === 'pending' || found.state === 'asked')
    await sql('reply.correct', 'UPDATE request_reply SET text = $2 WHERE id = $1::bigint', [found.id, corrected])
  else if (found.state === 'sent')
    await reply(turn, text('desk.request.reply.editSent'), { about: { request: found.request } })
  return true
}
