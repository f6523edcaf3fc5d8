import type { Sql } from '../../infra/database.ts'
import { isOpenRequest } from '../requests/request.ts'

export interface TopicRow {
  id: number
  forum: string | undefined
  thread: string | undefined
  title: string | undefined
  isClosed: boolean
  cardMessage: string | undefined
  cardStale: Date | undefined
  /** Whether a hand-off of it is not closed, or a request not over. */
  isActive: boolean
}

/** Nothing when its resident has deleted his data. */
export async function topicRow(sql: Sql, id: number): Promise<TopicRow | undefined> {
  const [row] = await sql<{ [Key in keyof TopicRow]: Exclude<TopicRow[Key], undefined> | null }>(
    'forum.topic',
    `SELECT t.id, t.forum, t.thread, t.title, t.is_closed AS "isClosed", t.card_message AS "cardMessage",
            t.card_stale AS "cardStale",
            EXISTS (SELECT FROM hand_off h WHERE h.topic_id = t.id AND h.state <> 'closed')
              OR EXISTS (SELECT FROM request r WHERE r.topic_id = t.id AND ${isOpenRequest}) AS "isActive"
     FROM desk_topic t WHERE t.id = $1 AND t.resident_id IS NOT NULL`,
    [id],
  )
  if (!row) return undefined
  return {
    id,
    forum: row.forum ?? undefined,
    thread: row.thread ?? undefined,
    title: row.title ?? undefined,
    isClosed: row.isClosed ?? false,
    cardMessage: row.cardMessage ?? undefined,
    cardStale: row.cardStale ?? undefined,
    isActive: row.isActive ?? false,
  }
}

/** Forums, those with the fewest topics first in which somebody waits or is talked with. */
export async function calmestFirst(sql: Sql, forums: readonly string[]): Promise<string[]> {
  const rows = await sql<{ forum: string }>(
    'forum.calmest',
    `SELECT f.forum FROM unnest($1::text[]) WITH ORDINALITY AS f (forum, nth)
     LEFT JOIN desk_topic t ON t.forum = f.forum AND NOT t.is_closed
     GROUP BY f.forum, f.nth ORDER BY count(t.id), f.nth`,
    [forums],
  )
  return rows.map(({ forum }) => forum)
}

/** What is known of a topic in its forum now. */
export async function noteTopic(
  sql: Sql,
  id: number,
  now: Partial<Pick<TopicRow, 'title' | 'isClosed' | 'cardMessage'>>,
): Promise<void> {
  await sql(
    'forum.noteTopic',
    `UPDATE desk_topic SET title = coalesce($2, title), is_closed = coalesce($3, is_closed),
       card_message = coalesce($4, card_message) WHERE id = $1`,
    [id, now.title ?? null, now.isClosed ?? null, now.cardMessage ?? null],
  )
}

/** False when its resident has deleted his data meanwhile. */
export async function noteOpened(
  sql: Sql,
  id: number,
  at: { forum: string; thread: string; title: string },
): Promise<boolean> {
  const rows = await sql(
    'forum.opened',
    `UPDATE desk_topic SET forum = $2, thread = $3, title = $4, is_closed = false, card_message = NULL
     WHERE id = $1 AND resident_id IS NOT NULL RETURNING id`,
    [id, at.forum, at.thread, at.title],
  )
  return rows.length > 0
}

/** It has been deleted by hand: another one is opened by the next post, in which open requests are shown anew. */
export async function noteGone(sql: Sql, id: number, now: Date): Promise<void> {
  await sql(
    'forum.gone',
    `UPDATE desk_topic SET thread = NULL, title = NULL, card_message = NULL, is_closed = false, card_stale = $2 WHERE id = $1`,
    [id, now],
  )
  await sql(
    'forum.requestsGone',
    `WITH gone AS (
       UPDATE request r SET staff_message = NULL, shown_line = NULL WHERE r.topic_id = $1 AND r.staff_message IS NOT NULL
       RETURNING r.id, r.number, r.state)
     INSERT INTO desk_post (topic_id, body, created_at)
     SELECT $1, jsonb_build_object('kind', 'request', 'request', r.id, 'what', 'sent'), $2 FROM gone r
     WHERE ${isOpenRequest} AND NOT EXISTS (
       SELECT FROM desk_post p WHERE p.topic_id = $1 AND p.state = 'pending' AND p.body ->> 'request' = r.id::text)
     ORDER BY r.number`,
    [id, now],
  )
}

/** The card shows what was known at that instant; what has changed since is still to be shown. */
export async function noteCard(sql: Sql, id: number, asOf: Date | undefined): Promise<void> {
  await sql(
    'forum.card',
    'UPDATE desk_topic SET card_stale = NULL WHERE id = $1 AND card_stale IS NOT DISTINCT FROM $2',
    [id, asOf ?? null],
  )
}
