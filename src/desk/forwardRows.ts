import type { ChatId } from '../engine/event.ts'
import type { Sql } from '../infra/database.ts'
import { lineInTopic } from './quotes.ts'
import type { LineBody, Words } from './records.ts'

/** A line on its way to a resident. `awaitsQuote`: what it replies to is not known yet, and may be in a moment. */
export interface PendingLine {
  id: string
  handOff: string
  chat: ChatId
  body: LineBody
  at: Date
  awaitsQuote: boolean
}

/** Lines that no conversation has taken yet, in order; those that wait for a newer release of the engine have been handed over. */
export function pendingLines(sql: Sql): Promise<PendingLine[]> {
  return sql(
    'deskRows.pendingLines',
    `SELECT l.id::text, l.hand_off_id::text AS "handOff", coalesce(l.chat, h.chat) AS chat, l.body, l.at,
            l.body ? 'repliesTo' AND ${lineInTopic('h.topic_id', "(l.body ->> 'repliesTo')")} IS NULL
              AND EXISTS (SELECT FROM desk_post p WHERE p.topic_id = h.topic_id AND p.state = 'pending') AS "awaitsQuote"
     FROM desk_line l JOIN hand_off h ON h.id = l.hand_off_id
     WHERE l.state = 'pending' AND ${isNotDeferred} ORDER BY l.id LIMIT 500`,
    [],
  )
}

const isNotDeferred = `NOT EXISTS (SELECT FROM deferred d WHERE d.event = 'desk:' || l.id)`

/** Nobody has taken it, or it has nothing left to show: it is over, which its topic is told. False when it had been taken, or was over. */
export async function failLine(sql: Sql, id: string, failure: string, now: Date): Promise<boolean> {
  const rows = await sql(
    'deskRows.failLine',
    `WITH settled AS (
       UPDATE desk_line l SET state = 'failed', failure = $3
       WHERE id = $4::bigint AND state = 'pending' AND ${isNotDeferred}
       RETURNING hand_off_id, staff_message, body, part, state, failure
     ), ${marks} SELECT 1 FROM settled`,
    [JSON.stringify(reasons), now, failure, id],
  )
  return rows.length > 0
}

/** The files of a line are kept, those that could be had; `failure`: why another could not, which its topic is told. */
export async function storeFiles(
  sql: Sql,
  id: string,
  stored: NonNullable<Words['stored']>,
  failure: string | undefined,
  now: Date,
): Promise<void> {
  await sql(
    'deskRows.storeFiles',
    `WITH settled AS (
       UPDATE desk_line SET body = body || jsonb_build_object('stored', $3::jsonb, 'files', '[]'::jsonb)
       WHERE id = $4::bigint RETURNING hand_off_id, staff_message, body, part, 'failed'::"DeskLineState" AS state, $5::text AS failure
     ), ${marks} SELECT 1`,
    [JSON.stringify(reasons), now, JSON.stringify(stored), id, failure ?? null],
  )
}

/** What became of lines that conversations have taken: those that a messenger did not show are told of in their topics. Whether there are such. */
export async function settleLines(sql: Sql, now: Date): Promise<boolean> {
  const rows = await sql(
    'deskRows.settleLines',
    `WITH delivered AS (
       SELECT l.id, bool_or(o.state = 'pending') AS pending, bool_or(o.state = 'dropped') AS dropped, max(o.failure) AS failure
       FROM desk_line l LEFT JOIN outbox o ON o.chat = l.chat AND o.revision = l.revision
       WHERE l.state = 'told' GROUP BY l.id
     ), settled AS (
       UPDATE desk_line l SET failure = d.failure,
         state = CASE WHEN d.dropped THEN 'failed' ELSE 'shown' END::"DeskLineState"
       FROM delivered d WHERE l.id = d.id AND d.pending IS NOT TRUE
       RETURNING l.hand_off_id, l.staff_message, l.body, l.part, l.state, l.failure
     ), ${marks} SELECT 1 FROM settled WHERE state = 'failed'`,
    [JSON.stringify(reasons), now],
  )
  return rows.length > 0
}

/** Why a line was not shown, by the failure of its delivery or of its file. */
const reasons = {
  CHAT_BLOCKED: 'desk.forum.notReached.blocked',
  FILE_TOO_LARGE: 'desk.forum.notReached.tooLarge',
  FILE_GONE: 'desk.forum.notReached.fileGone',
  NOBODY: 'desk.forum.notReached.nobody',
  other: 'desk.forum.notReached.other',
}

/**
 * A mark at each message of the forum whose line failed, at the first of an album; an edit is marked at the message that was edited. What the desk says by
 * itself has no message there.
 */
const marks = `marked AS (
  INSERT INTO desk_post (topic_id, body, created_at)
  SELECT h.topic_id,
         jsonb_build_object('kind', 'mark', 'message', coalesce(s.staff_message, e.staff_message),
           'why', jsonb_build_object('key', coalesce($1::jsonb ->> s.failure, $1::jsonb ->> 'other'))), $2::timestamptz
  FROM settled s JOIN hand_off h ON h.id = s.hand_off_id LEFT JOIN desk_line e ON e.id = (s.body ->> 'edits')::bigint
  WHERE s.state = 'failed' AND s.failure IS NOT NULL AND coalesce(s.part, 1) = 1 AND coalesce(s.staff_message, e.staff_message) IS NOT NULL)`
