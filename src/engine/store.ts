import type { Sql } from '../infra/database.ts'
import type { ResidentFacts } from './dialog.ts'
import type { ChatId, Event } from './event.ts'
import type { Outgoing } from './outgoing.ts'
import type { State } from './state.ts'
import type { NoticeHeard } from './turn.ts'

/** A conversation as it stands before an event. `revision` is 0 for a chat never met. */
export interface Loaded {
  event: string
  chat: ChatId
  revision: number
  state: unknown
  blocked: boolean
  seen: boolean
  /** Events of this chat wait for a newer release, or for their turn now that this is the newer one. */
  deferred: boolean
  resident: ResidentFacts | undefined
}

/** What a turn saves. The rows of what is shown are born with the guarded save or not at all. */
export interface Save {
  event: string
  chat: ChatId
  /** The revision that this save makes; it is refused as stale unless the present one is the one before. */
  revision: number
  state: State
  outgoing: Outgoing[]
  blocked: boolean
  /** Wakes the chat when nobody answers; replaces the wake-up set before. */
  reminder?: { due: Date; stamp: number } | undefined
  /** The timer that brought the event. */
  timer?: string | undefined
  /** What became of notices in this turn. */
  notices?: readonly NoticeHeard[] | undefined
  /** The event may have waited for this release, and waits no more. */
  deferred: boolean
}

/** `older`: rows of earlier turns are still pending in the chat. */
export interface Saved {
  chat: ChatId
  older: boolean
}

/** A turn that was computed from a revision which is no longer the present one: nothing was saved, it is computed again. */
export class Stale extends Error {}

/** Loads the conversations of a group of events in one statement, with what is known of the people. Answers in the events' order. */
export async function load(sql: Sql, wanted: readonly { event: string; chat: ChatId }[]): Promise<Loaded[]> {
  const rows = await sql<LoadedRow>('engine.load', loadStatement, [
    wanted.map(({ event }) => event),
    wanted.map(({ chat }) => chat),
  ])
  return rows.map((row) => ({
    event: row.event,
    chat: row.chat,
    revision: row.revision ?? 0,
    state: row.state,
    blocked: row.blocked,
    seen: row.seen,
    deferred: row.deferred,
    resident: row.resident_id
      ? {
          id: row.resident_id,
          consented: row.consent_version !== null,
          consentVersion: row.consent_version ?? 0,
          accounts: row.accounts.map((id) => ({ id })),
        }
      : undefined,
  }))
}

/**
 * Saves a group of turns of different chats in one statement. `seen`, outbox rows and wake-ups are inserted only from the rows
 * that the guard let through: a stale turn leaves nothing behind and is missing from the answer.
 */
export function save(sql: Sql, turns: readonly Save[], now: Date): Promise<Saved[]> {
  const conversations = turns.map(({ chat, revision, state, blocked }) => ({ chat, revision, state, blocked }))
  const shown = turns.flatMap(({ chat, outgoing }) => outgoing.map((body, ordinal) => ({ chat, ordinal, body })))
  const values = [
    JSON.stringify(conversations),
    JSON.stringify(shown),
    turns.map(({ event }) => event),
    turns.map(({ chat }) => chat),
    now,
  ]
  const later = turns.flatMap(({ chat, event, timer, reminder, deferred }) =>
    timer || reminder || deferred ? [{ chat, event, timer, due: reminder?.due, stamp: reminder?.stamp }] : [],
  )
  const heard = turns.flatMap(({ chat, notices = [] }) => notices.map((one) => ({ chat, ...one })))
  if (heard.length > 0) {
    const all = [...values, JSON.stringify(later), JSON.stringify(heard)]
    return sql<Saved>('engine.saveWithNotices', saveStatement(laterParts + noticesPart), all)
  }
  return later.length > 0
    ? sql<Saved>('engine.saveWithLater', saveStatement(laterParts), [...values, JSON.stringify(later)])
    : sql<Saved>('engine.save', saveStatement(''), values)
}

/** Leaves an event to a newer release, in order; `seen` is not touched. */
export async function defer(sql: Sql, event: Event): Promise<void> {
  await sql('engine.defer', 'INSERT INTO deferred (event, chat, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    event.id,
    event.chat,
    JSON.stringify(event),
  ])
}

/** The events of a chat that wait, the oldest first. */
export async function deferredOf(sql: Sql, chat: ChatId): Promise<Event[]> {
  const rows = await sql<{ body: Event }>(
    'engine.deferred',
    'SELECT body FROM deferred WHERE chat = $1 ORDER BY "order"',
    [chat],
  )
  return rows.map(({ body }) => ({ ...body, at: new Date(body.at) }))
}

/** An event that waited has been taken elsewhere. */
export async function undefer(sql: Sql, event: string): Promise<void> {
  await sql('engine.undefer', 'DELETE FROM deferred WHERE event = $1', [event])
}

/** Chats in which events wait. */
export async function chatsDeferred(sql: Sql): Promise<ChatId[]> {
  const rows = await sql<{ chat: ChatId }>('engine.chatsDeferred', 'SELECT DISTINCT chat FROM deferred LIMIT 500', [])
  return rows.map(({ chat }) => chat)
}

interface LoadedRow {
  event: string
  chat: ChatId
  revision: number | null
  state: unknown
  blocked: boolean
  seen: boolean
  deferred: boolean
  resident_id: string | null
  consent_version: number | null
  accounts: number[]
}

/** LIMIT keeps the plan that finds each row by its key also where the tables were empty when it was planned. */
const loadStatement = `
SELECT q.event, q.chat, c.revision, c.state, c.blocked_at IS NOT NULL AS blocked,
       (SELECT true FROM seen s WHERE s.event = q.event LIMIT 1) IS NOT NULL AS seen,
       (SELECT true FROM deferred d WHERE d.chat = q.chat LIMIT 1) IS NOT NULL AS deferred,
       c.resident_id,
       (SELECT max(k.version) FROM consent k WHERE k.resident_id = c.resident_id AND k.withdrawn_at IS NULL) AS consent_version,
       coalesce(linked.accounts, '[]') AS accounts
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS q (event, chat, nth)
LEFT JOIN LATERAL (SELECT * FROM conversation WHERE chat = q.chat LIMIT 1) c ON true
LEFT JOIN LATERAL (
  SELECT jsonb_agg(a.id ORDER BY l.linked_at, a.id) AS accounts
  FROM link l JOIN account a ON a.id = l.account_id
  WHERE l.resident_id = c.resident_id AND l.removed_at IS NULL AND a.open
) linked ON c.resident_id IS NOT NULL
ORDER BY q.nth`

const saveStatement = (more: string) => `
WITH saved AS (
  INSERT INTO conversation AS c (chat, revision, state, blocked_at, updated_at)
  SELECT chat, revision, state, CASE WHEN blocked THEN $5::timestamptz END, $5::timestamptz
  FROM jsonb_to_recordset($1::jsonb) AS i (chat text, revision int, state jsonb, blocked boolean) ORDER BY chat
  ON CONFLICT (chat) DO UPDATE SET
    revision = excluded.revision, state = excluded.state, updated_at = excluded.updated_at,
    blocked_at = CASE WHEN excluded.blocked_at IS NOT NULL THEN coalesce(c.blocked_at, excluded.blocked_at) END
  WHERE c.revision = excluded.revision - 1
  RETURNING c.chat, c.revision
), taken AS (
  INSERT INTO seen (event, at)
  SELECT i.event, $5 FROM unnest($3::text[], $4::text[]) AS i (event, chat) JOIN saved USING (chat) ON CONFLICT DO NOTHING
), shown AS (
  INSERT INTO outbox (chat, revision, ordinal, body, created_at)
  SELECT s.chat, s.revision, o.ordinal, o.body, $5
  FROM jsonb_to_recordset($2::jsonb) AS o (chat text, ordinal int, body jsonb) JOIN saved s USING (chat)
)${more}
SELECT s.chat, (SELECT true FROM outbox o WHERE o.chat = s.chat AND o.state = 'pending' LIMIT 1) IS NOT NULL AS older
FROM saved s`

/** What few turns need, and each part costs even when it finds nothing to do. */
const laterParts = `, later AS MATERIALIZED (
  SELECT i.* FROM jsonb_to_recordset($6::jsonb) AS i (chat text, event text, timer text, due timestamptz, stamp int)
  JOIN saved USING (chat)
), woken AS (
  INSERT INTO timer (id, chat, due_at, what)
  SELECT 'idle:' || chat, chat, due, jsonb_build_object('kind', 'idle', 'stamp', stamp) FROM later WHERE due IS NOT NULL
  ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, what = excluded.what
), done AS (
  DELETE FROM timer t USING later l WHERE t.id = l.timer AND (l.due IS NULL OR t.id <> 'idle:' || l.chat)
), undeferred AS (
  DELETE FROM deferred WHERE event = ANY (ARRAY(SELECT event FROM later))
)`

/** Of a notice that is over already nothing changes, unless this turn itself has found that it need be told no more elsewhere. */
const noticesPart = `, heard AS (
  UPDATE notice n SET state = nullif(i.state, 'answered')::"NoticeState", changed_at = $5,
    chat = i.chat, revision = CASE WHEN i.state = 'told' THEN s.revision END,
    tried = CASE WHEN i.state = 'planned' THEN n.tried || i.chat ELSE n.tried END,
    told_at = CASE WHEN i.state = 'told' THEN $5 ELSE n.told_at END
  FROM jsonb_to_recordset($7::jsonb) AS i (chat text, id text, state text) JOIN saved s USING (chat)
  WHERE n.id = i.id AND i.state <> 'answered' AND (n.state IN ('planned', 'waiting') OR (n.state = 'dropped' AND n.failure = 'SEEN' AND i.state = 'told'))
), answered AS (
  UPDATE notice n SET answered_at = $5
  FROM jsonb_to_recordset($7::jsonb) AS i (chat text, id text, state text) JOIN saved s USING (chat)
  WHERE n.id = i.id AND i.state = 'answered'
)`
