import type { Due } from '../engine/event.ts'
import type { Sql } from '../infra/database.ts'
import { type EffectContext, residentOf } from './context.ts'

/** Names the lock among PostgreSQL's advisory locks of two keys; readings have 1. */
const linksLock = 2

/** All that is read of an account to link it: its address is shown by what is read afterwards, as far as the messenger may carry it. */
export const accountColumns = 'a.id'

export type FoundAccount = { id: number }

export interface Linked {
  kind: 'linked'
  accountId: number
}

/**
 * Links an account that the resident has proved to be his, and tells those who linked it before, in all their chats. Linked already,
 * it stays as it was, but a code is the stronger proof.
 */
export async function link(context: EffectContext, account: FoundAccount, proof: 'address' | 'code'): Promise<Linked> {
  const { sql, chat, now, clock } = context
  const residentId = residentOf(context)
  // Two who link one account at once queue up: the notice of the second must find the first.
  await sql('link.queue', 'SELECT pg_advisory_xact_lock($1::int, $2::int)::text', [linksLock, account.id])
  const own = clock.id()
  const [kept] = await sql<{ id: string }>(
    'link.create',
    `INSERT INTO link AS l (id, resident_id, account_id, proof, chat, linked_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (resident_id, account_id) WHERE removed_at IS NULL
     DO UPDATE SET proof = CASE WHEN excluded.proof = 'code' THEN 'code' ELSE l.proof END
     RETURNING id`,
    [own, residentId, account.id, proof, chat, now],
  )
  if (kept?.id === own)
    await sql(
      'link.tell',
      `INSERT INTO timer (id, chat, due_at, what)
       SELECT 'joined:' || $1 || ':' || c.chat, c.chat, $4::timestamptz, $5::jsonb
       FROM link l JOIN conversation c ON c.resident_id = l.resident_id
       WHERE l.account_id = $2 AND l.removed_at IS NULL AND l.resident_id <> $3::uuid
       ON CONFLICT DO NOTHING`,
      [own, account.id, residentId, now, news('newcomer', own)],
    )
  return { kind: 'linked', accountId: account.id }
}

/** Says in all chats of residents, but the one we are in, that an account is no longer theirs. */
export async function tellOfLoss(
  { sql, chat, now }: { sql: Sql; chat: string; now: Date },
  accountId: number,
  residents: string[],
): Promise<void> {
  await sql(
    'link.tellOfLoss',
    `INSERT INTO timer (id, chat, due_at, what)
     SELECT 'gone:' || $1::int || ':' || c.chat, c.chat, $2::timestamptz, $3::jsonb
     FROM conversation c WHERE c.resident_id = ANY ($4::uuid[]) AND c.chat <> $5
     ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at`,
    [accountId, now, news('accountGone', String(accountId)), residents, chat],
  )
}

const news = (dialog: string, about: string): string => {
  const due: Due = { kind: 'news', dialog, about }
  return JSON.stringify(due)
}
