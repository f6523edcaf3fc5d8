import { addNotices } from '../notices/addNotice.ts'
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
 * Links an account that the resident has proved to be his, and tells those who linked it before. Linked already,
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
  if (kept?.id === own) await tellOthers(context, own, account.id)
  return { kind: 'linked', accountId: account.id }
}

/** Who linked the account before is told, once a newcomer. */
async function tellOthers(context: EffectContext, link: string, accountId: number): Promise<void> {
  const { sql, now } = context
  const before = await sql<{ residentId: string }>(
    'link.before',
    `SELECT resident_id AS "residentId" FROM link WHERE account_id = $1 AND removed_at IS NULL AND resident_id <> $2::uuid`,
    [accountId, residentOf(context)],
  )
  const notices = before.map(({ residentId }) => ({
    ...{ id: `joined:${link}:${residentId}`, residentId, dialog: 'newcomer', about: link, dueAt: now },
  }))
  await addNotices(sql, notices, now)
}
