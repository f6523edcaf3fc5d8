import type { ChatId } from '../../engine/event.ts'
import type { Sql } from '../../infra/database.ts'
import { lineInChat } from '../quotes.ts'
import type { DeskAct, LineBody } from '../records.ts'

/**
 * Where posts are delivered one after another: a resident's topic (`isNew`: not opened yet), or the general one of a forum (of the first, when none is
 * named). `isUrgent`: somebody reads there now.
 */
export type Lane = ({ topicId: number; isNew?: boolean } | { forum: string | undefined }) & { isUrgent?: boolean }

/**
 * A line to be shown. `answers`, `edits`: the messages in the forum of the line it replies to, and of the one it corrects. `answersLine`: the line it
 * replies to; `awaitsQuote`: that is not known yet, and may be in a moment.
 */
export interface ShownLine {
  id: string
  author: string
  body: LineBody
  chat: ChatId | undefined
  at: Date
  answers: string | undefined
  answersLine: string | undefined
  awaitsQuote: boolean
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
    answersLine: string | null
    awaitsQuote: boolean
    edits: string | null
  }>(
    'topicId' in lane ? 'forum.posts' : 'forum.generalPosts',
    `SELECT p.id::text, p.body AS act, p.attempts, p.messages, l.id::text AS line, l.author, l.body, l.chat, l.at,
            q.id::text AS "answersLine", a.staff_message AS answers, e.staff_message AS edits,
            q.id IS NULL AND l.body ? 'repliesTo'
              AND EXISTS (SELECT FROM outbox o WHERE o.chat = l.chat AND o.state = 'pending') AS "awaitsQuote"
     FROM desk_post p
     LEFT JOIN desk_line l ON l.id = p.line
     LEFT JOIN LATERAL (SELECT coalesce(l.answers, ${lineInChat('p.topic_id', 'l.chat', "(l.body ->> 'repliesTo')")}) AS id) q ON true
     LEFT JOIN desk_line a ON a.id = q.id
     LEFT JOIN desk_line e ON e.id = (l.body ->> 'edits')::bigint
     WHERE p.state = 'pending' AND ${by} ORDER BY p.id LIMIT $2`,
    [value, limit],
  )
  return rows.map(({ id, act, attempts, messages, line, chat, answers, answersLine, edits, ...known }) => {
    const shown = line !== null && {
      ...{ ...known, id: line, chat: chat ?? undefined },
      ...{ answers: answers ?? undefined, answersLine: answersLine ?? undefined, edits: edits ?? undefined },
    }
    return { id, act, attempts, messages, line: shown || undefined }
  })
}

const generalBy = 'topic_id IS NULL AND forum IS NOT DISTINCT FROM $1::text'

/** A post that has been done. `message`: where its line stands, `answers`: the line which that turned out to reply to. */
export interface DonePost {
  id: string
  message?: string | undefined
  answers?: string | undefined
}

/** Posts that have been done together, with all the messages they became. */
export async function settlePosts(
  sql: Sql,
  posts: readonly DonePost[],
  outcome: { state: 'sent' | 'dropped'; messages: string[]; failure?: string },
  now: Date,
): Promise<void> {
  await sql(
    'forum.settle',
    `WITH done AS (
       UPDATE desk_post p SET state = $2::"OutboxState", messages = $3, failure = $4, attempts = attempts + 1, settled_at = $5
       FROM jsonb_to_recordset($1::jsonb) AS i (id bigint, message text, answers bigint)
       WHERE p.id = i.id AND p.state = 'pending' RETURNING p.line, i.message, i.answers)
     UPDATE desk_line l SET staff_message = CASE WHEN l.author = 'resident' THEN coalesce(d.message, l.staff_message) ELSE l.staff_message END,
       answers = coalesce(l.answers, d.answers)
     FROM done d WHERE l.id = d.line`,
    [JSON.stringify(posts), outcome.state, outcome.messages, outcome.failure ?? null, now],
  )
}

/** So much of what posts become together stands in the forum: it is not shown again. */
export async function noteShown(sql: Sql, posts: readonly string[], messages: readonly string[]): Promise<void> {
  await sql('forum.shown', 'UPDATE desk_post SET messages = $2::text[] WHERE id = ANY ($1::bigint[])', [
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
