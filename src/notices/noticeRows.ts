import type { LocalDate } from '../domain/localDate.ts'
import { quietKinds } from '../domain/reminders/kinds.ts'
import type { ChatId, Messenger } from '../engine/event.ts'
import type { Sql } from '../infra/database.ts'

/**
 * A notice that is to be told now. `isReachable`: the chat is still his, lets us write, and has not been tried. `isWanted`: he has not switched such
 * notices off.
 */
export interface DueNotice {
  id: string
  chat: ChatId | null
  dialog: string
  about: string
  wave: string | null
  /** Of the turn that told it in vain: what it had shown was withdrawn. */
  revision: number | null
  isReachable: boolean
  isWanted: boolean
}

/** A notice that none of the resident's chats was told. */
export type Untold = Pick<DueNotice, 'id' | 'dialog' | 'about'>

const columns = `n.id, n.chat, n.dialog, n.about, n.wave, n.revision, c.chat IS NOT NULL AS "isReachable", o.kind IS NULL AS "isWanted"`

/** The chat and the choice of the resident of `n`; `$2` is today. (SQL) */
const joins = `
LEFT JOIN conversation c ON c.chat = n.chat AND c.resident_id = n.resident_id AND c.blocked_at IS NULL AND n.chat <> ALL (n.tried)
LEFT JOIN reminder_choice o ON o.resident_id = n.resident_id AND o.kind = n.kind AND (o.is_off OR o.muted_until > $2::date)`

/** The event that tells it, the same whoever hands it over: a chat takes it once, and once more when what it had shown was withdrawn. */
export const noticeEvent = ({ id, chat, revision }: DueNotice): string =>
  `notice:${id}:${chat}${revision === null ? '' : `:${revision}`}`

/** The same of `n`. (SQL) */
const event = `'notice:' || n.id || ':' || n.chat || coalesce(':' || n.revision, '')`

/** It has been handed to a conversation that waits for a newer release. (SQL) */
const isDeferred = `EXISTS (SELECT FROM deferred d WHERE d.event = ${event})`

export interface Moment {
  now: Date
  today: LocalDate
}

/** Who was here so lately is not disturbed by what else would wait for the morning. */
const isHereMs = 10 * 60_000

/** What is to be told by now and belongs to no wave, the earliest first. */
export function dueNotices(
  sql: Sql,
  { now, today, isMailing }: Moment & { isMailing: boolean },
  limit: number,
): Promise<DueNotice[]> {
  return sql(
    'notice.due',
    `SELECT ${columns} FROM notice n ${joins}
     WHERE n.state = 'planned' AND n.wave IS NULL AND n.due_at <= $1 AND NOT ${isDeferred}
       AND ($4::boolean OR n.kind <> ALL ($5::text[]) OR c.updated_at > $6)
     ORDER BY n.due_at, n.id LIMIT $3`,
    [now, today, limit, isMailing, quietKinds, new Date(now.getTime() - isHereMs)],
  )
}

/** What of the waves under way is to be told in a messenger, the earlier wave first. */
export function dueOfWaves(
  sql: Sql,
  { now, today }: Moment,
  messenger: Messenger,
  limit: number,
): Promise<DueNotice[]> {
  return sql(
    'notice.dueOfWaves',
    `SELECT ${columns}
     FROM wave w
     CROSS JOIN LATERAL (
       SELECT * FROM notice n
       WHERE n.wave = w.id AND n.state = 'planned' AND split_part(n.chat, ':', 1) = $3 AND NOT ${isDeferred}
       ORDER BY n.id LIMIT $4
     ) n ${joins}
     WHERE w.state = 'running' AND w.due_at <= $1
     ORDER BY w.due_at, w.id, n.id LIMIT $4`,
    [now, today, messenger, limit],
  )
}

/** How many messages of mailings are on their way in each messenger. */
export async function onTheWay(sql: Sql): Promise<Record<Messenger, number>> {
  const rows = await sql<{ messenger: Messenger; count: number }>(
    'notice.onTheWay',
    `SELECT split_part(chat, ':', 1) AS messenger, count(*)::int AS count FROM notice WHERE state = 'told' AND wave IS NOT NULL GROUP BY 1`,
    [],
  )
  const counted = new Map(rows.map(({ messenger, count }) => [messenger, count]))
  return { telegram: counted.get('telegram') ?? 0, vk: counted.get('vk') ?? 0 }
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

/** He has said that he wants no such notices. */
export async function dropUnwanted(sql: Sql, notices: readonly DueNotice[], now: Date): Promise<void> {
  await sql(
    'notice.unwanted',
    `UPDATE notice SET state = 'dropped', failure = 'OFF', changed_at = $2 WHERE id = ANY ($1::text[]) AND state = 'planned'`,
    [notices.map(({ id }) => id), now],
  )
}

/** A conversation that had taken a notice without noting it (of a release that knew of none) has told it: it is over, and holds up no other. */
export async function passOver(sql: Sql, notices: readonly DueNotice[], now: Date): Promise<void> {
  await sql(
    'notice.passOver',
    `UPDATE notice n SET state = 'dropped', failure = 'SEEN', changed_at = $3
     FROM unnest($1::text[], $2::text[]) AS i (id, chat)
     WHERE n.id = i.id AND n.state = 'planned' AND n.chat = i.chat AND i.chat <> ALL (n.tried)
       AND EXISTS (SELECT FROM seen s WHERE s.event = ${event})`,
    [notices.map(({ id }) => id), notices.map(({ chat }) => chat), now],
  )
}

/**
 * What became of notices that are in the outbox; answers all of which it is known now, and whether they have failed. One that the chat has refused goes
 * on to another chat, one that was withdrawn is told anew. What was shown in part was shown.
 */
export function settleNotices(sql: Sql, now: Date): Promise<(Untold & { isUntold: boolean })[]> {
  return sql(
    'notice.settle',
    `WITH delivered AS (
       SELECT n.id, max(o.failure) AS failure, coalesce(bool_or(o.state = 'sent' OR cardinality(o.messages) > 0), true) AS shown
       FROM notice n LEFT JOIN outbox o ON o.chat = n.chat AND o.revision = n.revision
       WHERE n.state = 'told'
         AND NOT EXISTS (SELECT FROM outbox p WHERE p.chat = n.chat AND p.revision = n.revision AND p.state = 'pending')
       GROUP BY n.id
     )
     UPDATE notice n SET changed_at = $1, failure = d.failure,
       state = CASE WHEN d.shown THEN 'shown' WHEN d.failure IN ('CHAT_BLOCKED', 'LATE') THEN 'planned' ELSE 'failed' END::"NoticeState",
       tried = CASE WHEN d.shown OR d.failure = 'LATE' THEN n.tried ELSE n.tried || n.chat END
     FROM delivered d WHERE n.id = d.id AND n.state = 'told'
     RETURNING n.id, n.dialog, n.about, n.state = 'failed' AS "isUntold"`,
    [now],
  )
}

/** Whether there is something to tell by then, or to learn of; of waves only where these may be told. */
export async function hasNotices(sql: Sql, before: Date, waves: boolean): Promise<boolean> {
  const [found] = await sql<{ found: boolean }>(
    'notice.has',
    `SELECT (SELECT true FROM notice WHERE state = 'planned' AND wave IS NULL AND due_at <= $1 LIMIT 1) IS NOT NULL
         OR (SELECT true FROM notice WHERE state = 'told' LIMIT 1) IS NOT NULL
         OR (SELECT true FROM wave WHERE state = 'running' AND due_at <= $1 AND $2 LIMIT 1) IS NOT NULL AS found`,
    [before, waves],
  )
  return found?.found ?? false
}
