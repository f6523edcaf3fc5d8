import type { Sql } from '../infra/database.ts'
import type { ChatId, Messenger } from './event.ts'
import { isMailing, type Outgoing } from './outgoing.ts'

/** A row of what is to be shown; rows of a chat are shown in the order of (revision, ordinal). */
export interface OutboxRow {
  revision: number
  ordinal: number
  body: Outgoing
  /** The platform's ids of the messages that its parts have become so far. */
  messages: string[]
  attempts: number
  /** When its turn was committed. */
  createdAt: Date
}

/** So long VK knows a message that is sent again. */
const mailingsWaitMs = 3_600_000

/**
 * A mailing that a process before us has left untried for so long is not shown any more: it may be night by now, and what it says no longer so. It is told
 * anew. Within the hour, or once a try has come to nothing, the same is sent again, for it may have been taken: VK would show another one beside it.
 */
export const isLate = ({ body, attempts, createdAt }: OutboxRow, now: Date): boolean =>
  isMailing(body) && attempts === 0 && now.getTime() - createdAt.getTime() > mailingsWaitMs

/** What came of a try. */
export interface Settled {
  chat: ChatId
  revision: number
  ordinal: number
  state: 'pending' | 'sent' | 'dropped'
  messages: string[]
  failure?: string
}

export const isBefore = (a: { revision: number; ordinal: number }, b: { revision: number; ordinal: number }): boolean =>
  a.revision < b.revision || (a.revision === b.revision && a.ordinal < b.ordinal)

/** Notes a group of deliveries in one statement; answers for each whether its row was still to be shown. */
export async function settle(sql: Sql, tries: readonly Settled[], now: Date): Promise<boolean[]> {
  const rows = await sql<{ chat: ChatId; revision: number; ordinal: number }>('outbox.settle', settleStatement, [
    JSON.stringify(tries),
    now,
  ])
  const noted = new Set(rows.map(({ chat, revision, ordinal }) => `${chat} ${revision} ${ordinal}`))
  return tries.map(({ chat, revision, ordinal }) => noted.has(`${chat} ${revision} ${ordinal}`))
}

/** What is pending in a chat, and its present revision. */
export async function pendingOf(sql: Sql, chat: ChatId): Promise<{ rows: OutboxRow[]; revision: number }> {
  const rows = await sql<OutboxRow & { current: number; pending: boolean }>(
    'outbox.pending',
    `SELECT c.revision AS current, o.chat IS NOT NULL AS pending, o.revision, o.ordinal, o.body, o.messages, o.attempts,
            o.created_at AS "createdAt"
     FROM conversation c LEFT JOIN outbox o ON o.chat = c.chat AND o.state = 'pending' AND o.body IS NOT NULL
     WHERE c.chat = $1 ORDER BY o.revision, o.ordinal`,
    [chat],
  )
  return { rows: rows.filter(({ pending }) => pending), revision: rows[0]?.current ?? 0 }
}

/** The platform's id of the last message that a screen became; nothing when it was never shown, or is forgotten. */
export async function messageOf(sql: Sql, chat: ChatId, revision: number): Promise<string | undefined> {
  const [row] = await sql<{ message: string | null }>(
    'outbox.message',
    `SELECT messages[cardinality(messages)] AS message FROM outbox
     WHERE chat = $1 AND revision = $2 AND ordinal = 0 AND state = 'sent'`,
    [chat, revision],
  )
  return row?.message ?? undefined
}

/** The platform's ids of the messages that words of a person became: they stand below whatever else was shown with them. */
export async function messagesOfWords(sql: Sql, chat: ChatId, revision: number): Promise<string[]> {
  const [row] = await sql<{ messages: string[] }>(
    'outbox.words',
    'SELECT messages FROM outbox WHERE chat = $1 AND revision = $2 ORDER BY ordinal DESC LIMIT 1',
    [chat, revision],
  )
  return row?.messages ?? []
}

/** Chats of these messengers in which something is pending, beside those that are `known`: at most 200. */
export async function chatsPending(sql: Sql, messengers: Messenger[], known: ChatId[]): Promise<ChatId[]> {
  const rows = await sql<{ chat: ChatId }>(
    'outbox.chatsPending',
    `SELECT DISTINCT chat FROM outbox WHERE state = 'pending' AND split_part(chat, ':', 1) = ANY ($1) AND chat <> ALL ($2)
     LIMIT 200`,
    [messengers, known],
  )
  return rows.map(({ chat }) => chat)
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
UPDATE outbox o SET state = i.state::"OutboxState", messages = i.messages, failure = i.failure, attempts = o.attempts + 1,
  settled_at = CASE WHEN i.state <> 'pending' THEN $2::timestamptz END
FROM jsonb_to_recordset($1::jsonb) AS i (chat text, revision int, ordinal int, state text, messages text[], failure text)
WHERE o.chat = i.chat AND o.revision = i.revision AND o.ordinal = i.ordinal AND o.state = 'pending'
RETURNING o.chat, o.revision, o.ordinal`
