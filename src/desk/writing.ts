import type { Sql } from '../infra/database.ts'
import type { DeskAct, LineBody } from './records.ts'

/** The topic of a resident, made when he has none yet: which forum it is opened in is decided when it is. */
export async function topicOf(sql: Sql, residentId: string, now: Date): Promise<number> {
  const [topic] = await sql<{ id: number }>(
    'topic.of',
    `INSERT INTO desk_topic (resident_id, created_at) VALUES ($1, $2)
     ON CONFLICT (resident_id) DO UPDATE SET resident_id = excluded.resident_id RETURNING id`,
    [residentId, now],
  )
  if (!topic) throw new Error('a topic is neither there nor made')
  return topic.id
}

/** Something to be done in a topic, after all that is to be done there already. */
export async function post(sql: Sql, topicId: number, act: DeskAct, now: Date, line?: string): Promise<void> {
  await sql(
    'post.add',
    'INSERT INTO desk_post (topic_id, body, line, created_at) VALUES ($1, $2::jsonb, $3::bigint, $4)',
    [topicId, JSON.stringify(act), line ?? null, now],
  )
}

/** Something to be said in the general topic of a forum. */
export async function postInGeneral(sql: Sql, forum: string, act: DeskAct, now: Date): Promise<void> {
  await sql('post.inGeneral', 'INSERT INTO desk_post (forum, body, created_at) VALUES ($1, $2::jsonb, $3)', [
    forum,
    JSON.stringify(act),
    now,
  ])
}

/**
 * The card on top of a topic tells something else now: it is shown anew when there is a quiet moment. Each time at another instant, so that one
 * that is being shown just now is known not to tell this yet.
 */
export async function staleCard(sql: Sql, topicId: number, now: Date): Promise<void> {
  await sql(
    'topic.staleCard',
    `UPDATE desk_topic SET card_stale = greatest($2, card_stale + interval '1 millisecond') WHERE id = $1`,
    [topicId, now],
  )
}

export interface NewLine {
  handOffId: string
  author: 'resident' | 'consultant' | 'note' | 'desk'
  by?: string | undefined
  body: LineBody
  /** The resident's chat it came from. */
  chat?: string | undefined
  /** Its platform id there. */
  message?: string | undefined
  /** Its platform id in the forum. */
  staffMessage?: string | undefined
}

/** Keeps a line; what a consultant or the desk says is pending: it is handed to the resident's conversation. Answers its id. */
export async function addLine(sql: Sql, line: NewLine, now: Date): Promise<string> {
  const isForResident = line.author === 'consultant' || line.author === 'desk'
  const [added] = await sql<{ id: string }>(
    'line.add',
    `INSERT INTO desk_line (hand_off_id, author, by, state, body, chat, message, staff_message, at)
     VALUES ($1, $2, $3, $4::"DeskLineState", $5::jsonb, $6, $7, $8, $9) RETURNING id::text`,
    [
      line.handOffId,
      line.author,
      line.by ?? null,
      isForResident ? 'pending' : 'kept',
      JSON.stringify(line.body),
      line.chat ?? null,
      line.message ?? null,
      line.staffMessage ?? null,
      now,
    ],
  )
  if (!added) throw new Error('a line was not kept')
  return added.id
}
