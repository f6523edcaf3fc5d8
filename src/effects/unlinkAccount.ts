import { leaveAccount } from '../desk/leaveAccount.ts'
import { type EffectContext, residentOf } from './context.ts'
import { leaveRequests } from './requests/leaveRequests.ts'

/** Unlinks one account from the resident, in all his chats. `notLinked`: it was not linked any more. */
export async function unlinkAccount(
  context: EffectContext,
  { accountId }: { accountId: number },
): Promise<{ kind: 'unlinked' | 'notLinked' }> {
  const { sql, now } = context
  const residentId = residentOf(context)
  const removed = await sql(
    'link.remove',
    `UPDATE link SET removed_at = $3, removed_why = 'self'
     WHERE resident_id = $1 AND account_id = $2 AND removed_at IS NULL RETURNING id`,
    [residentId, accountId, now],
  )
  await leaveAccount(sql, residentId, accountId, now)
  if (removed.length > 0) await leaveRequests(context, [{ residentId, accountId }])
  return { kind: removed.length > 0 ? 'unlinked' : 'notLinked' }
}
