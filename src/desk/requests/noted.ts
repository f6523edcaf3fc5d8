import { waited } from '../../infra/backOff.ts'
import type { Sql } from '../../infra/database.ts'
import type { StaffEvent } from '../channel.ts'

const looksEveryMs = 100
const mostLooks = 20

/**
 * What a message of ours is about is noted a moment after it stands in the forum. A reply that is faster than that waits for it, so that an answer to a
 * request is not taken for words to nobody.
 */
export async function untilNoted(sql: Sql, { place, input }: StaffEvent): Promise<void> {
  if (!('repliesTo' in input) || input.repliesTo === undefined || place.thread === undefined) return
  const { signal } = new AbortController()
  for (let looks = 0; looks < mostLooks; looks++) {
    if (!(await isBeingNoted(sql, [place.forum, place.thread, input.repliesTo]))) return
    await waited(looksEveryMs, signal)
  }
}

/** Something of a request is being shown in the topic, and the message replied to is none that is known. */
async function isBeingNoted(sql: Sql, replied: [forum: string, thread: string, message: string]): Promise<boolean> {
  const found = await sql(
    'staffRequest.noted',
    `SELECT 1 FROM desk_topic t JOIN desk_post p ON p.topic_id = t.id
     WHERE t.forum = $1 AND t.thread = $2 AND p.state = 'pending' AND (p.body ->> 'kind' = 'request' OR p.body ? 'about')
       AND NOT EXISTS (SELECT FROM desk_post k WHERE k.topic_id = t.id AND $3 = ANY (k.messages))
       AND NOT EXISTS (SELECT FROM desk_line l JOIN hand_off h ON h.id = l.hand_off_id WHERE l.staff_message = $3 AND h.topic_id = t.id)
     LIMIT 1`,
    replied,
  )
  return found.length > 0
}
