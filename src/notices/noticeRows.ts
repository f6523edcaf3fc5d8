import type { ChatId } from '../engine/event.ts'
import type { Sql } from '../infra/database.ts'

/** A notice that is to be told now. `isReachable`: the chat is still his, lets us write, and has not been tried. */
export interface DueNotice {
  id: string
  chat: ChatId | null
  dialog: string
  about: string
  isReachable: boolean
}

/** A notice that none of the resident's chats was told. */
export type Untold = Pick<DueNotice, 'id' | 'dialog' | 'about'>

/** What is to be told by now, the earliest first; what waits for a newer release of the engine has been handed over. */
export function dueNotices(sql: Sql, now: Date, limit: number): Promise<DueNotice[]> {
  return sql(
    'notice.due',
    `SELECT n.id, n.chat, n.dialog, n.about, c.chat IS NOT NULL AS "isReachable"
     FROM notice n
     LEFT JOIN conversation c ON c.chat = n.chat AND c.resident_id = n.resident_id AND c.blocked_at IS NULL
       AND n.chat <> ALL (n.tried)
     WHERE n.state = 'planned' AND n.due_at <= $1
       AND NOT EXISTS (SELECT FROM deferred d WHERE d.event = 'notice:' || n.id || ':' || n.chat)
     ORDER BY n.due_at, n.id LIMIT $2`,
    [now, limit],
  )
}

/**
 * Of notices whose chat cannot be written to each goes on to another chat of its resident that has not been tried; answers those for which there is
 * none: they have failed.
 */
export function goElsewhere(sql: Sql, notices: readonly DueNotice[], now: Date): Promise<Untold[]> {
  return sql(
    'notice.elsewhere',
    `WITH moved AS (
       UPDATE notice n SET chat = next.chat, changed_at = $3,
         state = CASE WHEN next.chat IS NULL THEN 'failed' ELSE 'planned' END::"NoticeState",
         failure = CASE WHEN next.chat IS NULL THEN 'NOBODY' END
       FROM unnest($1::text[], $2::text[]) AS i (id, chat)
       JOIN notice o ON o.id = i.id
       LEFT JOIN LATERAL (
         SELECT c.chat FROM conversation c
         WHERE c.resident_id = o.resident_id AND c.blocked_at IS NULL AND c.chat <> ALL (o.tried)
         ORDER BY c.updated_at DESC LIMIT 1
       ) next ON true
       WHERE n.id = i.id AND n.state = 'planned' AND n.chat IS NOT DISTINCT FROM i.chat
       RETURNING n.id, n.dialog, n.about, n.state
     ) SELECT id, dialog, about FROM moved WHERE state = 'failed'`,
    [notices.map(({ id }) => id), notices.map(({ chat }) => chat), now],
  )
}

/** A conversation that had taken a notice without noting it (of a release that knew of none) has told it: it is over, and holds up no other. */
export async function passOver(sql: Sql, notices: readonly DueNotice[], now: Date): Promise<void> {
  await sql(
    'notice.passOver',
    `UPDATE notice n SET state = 'dropped', failure = 'SEEN', changed_at = $3
     FROM unnest($1::text[], $2::text[]) AS i (id, chat)
     WHERE n.id = i.id AND n.state = 'planned' AND n.chat = i.chat AND i.chat <> ALL (n.tried)
       AND EXISTS (SELECT FROM seen s WHERE s.event = 'notice:' || i.id || ':' || i.chat)`,
    [notices.map(({ id }) => id), notices.map(({ chat }) => chat), now],
  )
}

/**
 * What became of notices that are in the outbox. One that the chat has refused goes on to another chat; answers those that have failed. What was
 * shown in part was shown.
 */
export function settleNotices(sql: Sql, now: Date): Promise<Untold[]> {
  return sql(
    'notice.settle',
    `WITH delivered AS (
       SELECT n.id, bool_or(o.state = 'pending') AS pending, max(o.failure) AS failure,
              coalesce(bool_or(o.state = 'sent' OR cardinality(o.messages) > 0), true) AS shown
       FROM notice n LEFT JOIN outbox o ON o.chat = n.chat AND o.revision = n.revision
       WHERE n.state = 'told' GROUP BY n.id
     ), settled AS (
       UPDATE notice n SET changed_at = $1, failure = d.failure,
         state = CASE WHEN d.shown THEN 'shown' WHEN d.failure = 'CHAT_BLOCKED' THEN 'planned' ELSE 'failed' END::"NoticeState",
         tried = CASE WHEN d.shown THEN n.tried ELSE n.tried || n.chat END
       FROM delivered d WHERE n.id = d.id AND n.state = 'told' AND d.pending IS NOT TRUE
       RETURNING n.id, n.dialog, n.about, n.state
     ) SELECT id, dialog, about FROM settled WHERE state = 'failed'`,
    [now],
  )
}

/** Whether there is something to tell by then, or to learn of. */
export async function hasNotices(sql: Sql, before: Date): Promise<boolean> {
  const [found] = await sql<{ found: boolean }>(
    'notice.has',
    `SELECT (SELECT true FROM notice WHERE state = 'planned' AND due_at <= $1 LIMIT 1) IS NOT NULL
         OR (SELECT true FROM notice WHERE state = 'told' LIMIT 1) IS NOT NULL AS found`,
    [before],
  )
  return found?.found ?? false
}
