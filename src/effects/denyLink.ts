import { accountGone } from '../notices/accountGone.ts'
import { addNotice } from '../notices/addNotice.ts'
import { mayRemove } from '../queries/accounts.ts'
import { type EffectContext, residentOf } from './context.ts'
import { leaveRequests } from './requests/leaveRequests.ts'

/**
 * `gone`: that person is no longer linked. `mayNot`: he was there first, and a resident who linked later may not unlink him, unless
 * he showed the account's code and the other one its address only: whoever got there first by guessing would keep the owner out.
 */
export type DenyOutcome = { kind: 'denied' | 'gone' | 'mayNot' }

/**
 * «Это не я»: unlinks another person from an account of this resident, at once. That person is told, and can come back by the account's
 * code only: its address and number link nobody from then on, in whatever chat and under whatever name. The log keeps that it
 * happened, for the centre to look into.
 */
export async function denyLink(context: EffectContext, { link }: { link: string }): Promise<DenyOutcome> {
  const { sql, now, log } = context
  const residentId = residentOf(context)
  const [other] = await sql<{ accountId: number; residentId: string; proof: string; linked: boolean; may: boolean }>(
    'link.judge',
    `SELECT o.account_id AS "accountId", o.resident_id AS "residentId", o.proof, o.removed_at IS NULL AS linked, ${mayRemove} AS may
     FROM link o JOIN link mine ON mine.account_id = o.account_id AND mine.resident_id = $2::uuid AND mine.removed_at IS NULL
     WHERE o.id = $1::uuid AND o.resident_id <> $2::uuid ORDER BY o.id FOR UPDATE OF o, mine`,
    [link, residentId],
  )
  if (!other?.linked) return { kind: 'gone' }
  if (!other.may) return { kind: 'mayNot' }
  await sql('link.deny', `UPDATE link SET removed_at = $2, removed_why = 'denied' WHERE id = $1::uuid`, [link, now])
  await sql('link.codeOnly', 'INSERT INTO denial (account_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    other.accountId,
    now,
  ])
  await addNotice(sql, accountGone({ link, ...other }, now))
  await leaveRequests(context, [other])
  log.warn({ link, proof: other.proof }, 'a resident does not know a person who linked his account: unlinked')
  return { kind: 'denied' }
}
