import type { Sql } from '../infra/database.ts'
import type { ChatId, Messenger } from './event.ts'
import type { Outgoing } from './outgoing.ts'

/** A row of what is to be shown; rows of a chat are shown in the order of (revision, ordinal). */
export interface OutboxRow {
  revision: number
  ordinal: number
  body: Outgoing
  partsDone: number
  attempts: number
}

/** What came of a try. `release`: the chat's lease is given back if nothing was saved there since that revision. */
export interface Settled {
  chat: ChatId
  revision: number
  ordinal: number
  state: 'pending' | 'sent' | 'dropped'
  partsDone: number
  failure?: string
  messages: { part: number; message: string }[]
  release?: number
}

export const isBefore = (a: { revision: number; ordinal: number }, b: { revision: number; ordinal: number }): boolean =>
  a.revision < b.revision || (a.revision === b.revision && a.ordinal < b.ordinal)

/** Notes a group of deliveries in one statement; answers the chats whose lease was given back. */
export async function settle(sql: Sql, tries: readonly Settled[], owner: string, now: Date): Promise<Set<ChatId>> {
  const messages = tries.flatMap(({ chat, revision, ordinal, messages }) =>
    messages.map((one) => ({ chat, revision, ordinal, ...one })),
  )
  const rows = await sql<{ chat: ChatId }>('outbox.settle', settleStatement, [
    JSON.stringify(tries.map(({ messages: _, ...rest }) => rest)),
    JSON.stringify(messages),
    owner,
    now,
  ])
  return new Set(rows.map(({ chat }) => chat))
}

/** What is pending in a chat, the present revision, and whether we still deliver there. */
export async function pendingOf(
  sql: Sql,
  chat: ChatId,
  owner: string,
): Promise<{ rows: OutboxRow[]; revision: number; mine: boolean }> {
  const rows = await sql<OutboxRow & { current: number; mine: boolean; pending: boolean }>(
    'outbox.pending',
    `SELECT c.revision AS current, c.lease_owner IS NOT DISTINCT FROM $2 AS mine, o.chat IS NOT NULL AS pending,
            o.revision, o.ordinal, o.body, o.parts_done AS "partsDone", o.attempts
     FROM conversation c LEFT JOIN outbox o ON o.chat = c.chat AND o.state = 'pending' AND o.body IS NOT NULL
     WHERE c.chat = $1 ORDER BY o.revision, o.ordinal`,
    [chat, owner],
  )
  const [first] = rows
  return { rows: rows.filter(({ pending }) => pending), revision: first?.current ?? 0, mine: first?.mine ?? false }
}

/** Takes over the chats of these messengers in which something is pending and nobody delivers. */
export async function takeOver(
  sql: Sql,
  messengers: Messenger[],
  lease: { owner: string; now: Date; until: Date },
): Promise<ChatId[]> {
  const rows = await sql<{ chat: ChatId }>(
    'outbox.takeOver',
    `WITH pending AS MATERIALIZED (
       SELECT DISTINCT chat FROM outbox WHERE state = 'pending' AND split_part(chat, ':', 1) = ANY ($1)
     ), waiting AS MATERIALIZED (
       SELECT p.chat FROM pending p CROSS JOIN LATERAL (
         SELECT FROM conversation c WHERE c.chat = p.chat AND (c.lease_owner IS NULL OR c.lease_until < $3)
         FOR UPDATE SKIP LOCKED) c
       LIMIT 200)
     UPDATE conversation c SET lease_owner = $2, lease_until = $4 FROM waiting w WHERE c.chat = w.chat RETURNING c.chat`,
    [messengers, lease.owner, lease.now, lease.until],
  )
  return rows.map(({ chat }) => chat)
}

/** Keeps the leases of chats in delivery; answers those that are still ours. */
export async function renew(sql: Sql, chats: ChatId[], owner: string, until: Date): Promise<Set<ChatId>> {
  const rows = await sql<{ chat: ChatId }>(
    'outbox.renew',
    `WITH ours AS MATERIALIZED (
       SELECT chat FROM conversation WHERE chat = ANY ($1) AND lease_owner = $2 ORDER BY chat FOR UPDATE)
     UPDATE conversation c SET lease_until = $3 FROM ours o WHERE c.chat = o.chat RETURNING c.chat`,
    [chats, owner, until],
  )
  return new Set(rows.map(({ chat }) => chat))
}

/**
 * The resident does not let us write: what was to be shown up to this revision is dropped, and the chat is closed until he
 * writes himself. What was committed since, when he may have come back, is still tried.
 */
export async function closeBlocked(sql: Sql, chat: ChatId, revision: number, now: Date): Promise<void> {
  await sql(
    'outbox.blocked',
    `WITH closed AS (
       UPDATE conversation SET blocked_at = coalesce(blocked_at, $3) WHERE chat = $1 AND revision = $2)
     UPDATE outbox SET state = 'dropped', failure = 'CHAT_BLOCKED', settled_at = $3
     WHERE chat = $1 AND state = 'pending' AND revision <= $2`,
    [chat, revision, now],
  )
}

const settleStatement = `
WITH input AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS i (chat text, revision int, ordinal int, state text, "partsDone" int,
    failure text, release int)
), tried AS (
  UPDATE outbox o SET state = i.state::"OutboxState", parts_done = i."partsDone", failure = i.failure,
    attempts = o.attempts + 1, settled_at = CASE WHEN i.state <> 'pending' THEN $4::timestamptz END
  FROM input i WHERE o.chat = i.chat AND o.revision = i.revision AND o.ordinal = i.ordinal
), told AS (
  INSERT INTO delivery (chat, revision, ordinal, part, message, at)
  SELECT chat, revision, ordinal, part, message, $4
  FROM jsonb_to_recordset($2::jsonb) AS m (chat text, revision int, ordinal int, part int, message text)
  ON CONFLICT DO NOTHING
), locked AS MATERIALIZED (
  SELECT i.chat FROM (SELECT chat, release FROM input ORDER BY chat) i CROSS JOIN LATERAL (
    SELECT FROM conversation c WHERE c.chat = i.chat AND c.revision = i.release AND c.lease_owner = $3 FOR UPDATE) c
)
UPDATE conversation c SET lease_owner = NULL, lease_until = NULL FROM locked l WHERE c.chat = l.chat RETURNING c.chat`
