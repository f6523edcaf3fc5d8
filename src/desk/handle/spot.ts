import type { Sql } from '../../infra/database.ts'
import type { DeskPlace } from '../channel.ts'
import { type HandOff, handOffColumns } from '../transitions/handOff.ts'

/** A resident's topic, and his hand-off that is under way or was the last; it is not locked. */
export interface Spot {
  topicId: number
  handOff: HandOff | undefined
}

export async function spotAt(sql: Sql, { forum, thread }: DeskPlace): Promise<Spot | undefined> {
  if (thread === undefined) return undefined
  const [topic] = await sql<{ id: number }>('topic.at', 'SELECT id FROM desk_topic WHERE forum = $1 AND thread = $2', [
    forum,
    thread,
  ])
  if (!topic) return undefined
  const [handOff] = await sql<HandOff>(
    'topic.handOff',
    `SELECT ${handOffColumns} FROM hand_off h WHERE h.topic_id = $1 ORDER BY (h.state = 'closed'), h.number DESC LIMIT 1`,
    [topic.id],
  )
  return { topicId: topic.id, handOff }
}
