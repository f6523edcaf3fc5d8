import type { ChatId } from '../../engine/event.ts'
import type { Sql } from '../../infra/database.ts'
import type { DeskAct, LineBody } from '../records.ts'
import { isOpenRequest } from '../requests/request.ts'

/**
 * Where posts are delivered one after another: a resident's topic (`isNew`: not opened yet), or the general one of a forum (of the first, when none is
 * named). `isUrgent`: somebody reads there now.
 */
export type Lane = ({ topicId: number; isNew?: boolean } | { forum: string | undefined }) & { isUrgent?: boolean }

/** A line to be shown. `answers`, `edits`: the messages in the forum of the line it replies to, and of the one it corrects. */
export interface ShownLine {
  id: string
  author: string
  body: LineBody
  chat: ChatId | undefined
  at: Date
  answers: string | undefined
  edits: string | undefined
}

export interface PostRow {
  id: string
  act: DeskAct
  attempts: number
  /** What it has become so far. */
  messages: string[]
  line: ShownLine | undefined
}

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

/**
 * Lanes in which something is to be done, the longest waiting first; talks under way and the general topics before them, whom a backlog must not hold
 * up. A card alone only when it has been stale since before an instant.
 */
export async function lanesPending(sql: Sql, staleBefore: Date): Promise<Lane[]> {
  const rows = await sql<{ topicId: number | null; forum: string | null; isNew: boolean; isUrgent: boolean }>(
    'forum.lanes',
    `SELECT p.topic_id AS "topicId", p.forum, min(p.id) AS first, coalesce(bool_or(t.thread IS NULL), false) AS "isNew",
            p.topic_id IS NULL OR EXISTS (SELECT FROM hand_off h WHERE h.topic_id = p.topic_id AND h.state = 'taken') AS "isUrgent"
     FROM desk_post p LEFT JOIN desk_topic t ON t.id = p.topic_id WHERE p.state = 'pending' GROUP BY p.topic_id, p.forum
     UNION ALL
     SELECT t.id, NULL, 9223372036854775807, false, false FROM desk_topic t
     WHERE t.card_stale <= $1 AND t.resident_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM desk_post p WHERE p.topic_id = t.id AND p.state = 'pending')
     ORDER BY "isUrgent" DESC, first LIMIT 1000`,
    [staleBefore],
  )
  return rows.map(({ topicId, forum, isNew, isUrgent }) =>
    topicId === null ? { forum: forum ?? undefined, isUrgent } : { topicId, isNew, isUrgent },
  )
}

/** The next posts of a lane, in order. */
export async function postsOf(sql: Sql, lane: Lane, limit: number): Promise<PostRow[]> {
  const [by, value] = 'topicId' in lane ? ['topic_id = $1::int', lane.topicId] : [generalBy, lane.forum ?? null]
  const rows = await sql<{
    id: string
    act: DeskAct
    attempts: number
    messages: string[]
    line: string | null
    author: string
    body: LineBody
    chat: ChatId | null
    at: Date
    answers: string | null
    edits: string | null
  }>(
    'topicId' in lane ? 'forum.posts' : 'forum.generalPosts',
    `SELECT p.id::text, p.body AS act, p.attempts, p.messages, l.id::text AS line, l.author, l.body, l.chat, l.at,
            a.staff_message AS answers, e.staff_message AS edits
     FROM desk_post p
     LEFT JOIN desk_line l ON l.id = p.line
     LEFT JOIN desk_line a ON a.id = l.answers
     LEFT JOIN desk_line e ON e.id = (l.body ->> 'edits')::bigint
     WHERE p.state = 'pending' AND ${by} ORDER BY p.id LIMIT $2`,
    [value, limit],
  )
  return rows.map(({ id, act, attempts, messages, line, author, body, chat, at, answers, edits }) => ({
    id,
    act,
    attempts,
    messages,
    line:
      line === null
        ? undefined
        : {
            id: line,
            author,
            body,
            chat: chat ?? undefined,
            at,
            answers: answers ?? undefined,
            edits: edits ?? undefined,
          },
  }))
}

const generalBy = 'topic_id IS NULL AND forum IS NOT DISTINCT FROM $1::text'

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

/** Of these forums the one with the fewest topics in which somebody waits or is talked with. */
export async function calmestForum(sql: Sql, forums: readonly string[]): Promise<string> {
  const [row] = await sql<{ forum: string }>(
    'forum.calmest',
    `SELECT f.forum FROM unnest($1::text[]) WITH ORDINALITY AS f (forum, nth)
     LEFT JOIN desk_topic t ON t.forum = f.forum AND NOT t.is_closed
     GROUP BY f.forum, f.nth ORDER BY count(t.id), f.nth LIMIT 1`,
    [forums],
  )
  return row?.forum ?? forums[0] ?? ''
}

/** Posts that have been done, with the messages they became; the line of each is known by the first of them. */
export async function settlePosts(
  sql: Sql,
  posts: readonly string[],
  outcome: { state: 'sent' | 'dropped'; messages: string[]; failure?: string },
  now: Date,
): Promise<void> {
  await sql(
    'forum.settle',
    `WITH done AS (
       UPDATE desk_post SET state = $2::"OutboxState", messages = $3, failure = $4, attempts = attempts + 1, settled_at = $5
       WHERE id = ANY ($1::bigint[]) AND state = 'pending' RETURNING line)
     UPDATE desk_line l SET staff_message = $3[1] FROM done
     WHERE l.id = done.line AND l.author = 'resident' AND cardinality($3::text[]) > 0`,
    [posts, outcome.state, outcome.messages, outcome.failure ?? null, now],
  )
}

/** A part of what posts become together stands in the forum: it is not shown again. */
export async function noteShown(sql: Sql, posts: readonly string[], messages: readonly string[]): Promise<void> {
  await sql('forum.shown', 'UPDATE desk_post SET messages = messages || $2::text[] WHERE id = ANY ($1::bigint[])', [
    posts,
    messages,
  ])
}

export async function noteAttempt(sql: Sql, posts: readonly string[], failure: string): Promise<void> {
  await sql(
    'forum.attempt',
    'UPDATE desk_post SET attempts = attempts + 1, failure = $2 WHERE id = ANY ($1::bigint[])',
    [posts, failure],
  )
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
