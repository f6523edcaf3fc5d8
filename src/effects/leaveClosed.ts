import { type EffectContext, residentOf } from './context.ts'
import { leaveRequests } from './requests/leaveRequests.ts'

/**
 * Ends the resident's link to an account that the billing has closed: he has just been told here, and is not told elsewhere.
 * An account that is open, or was left before, stays as it is.
 */
export async function leaveClosed(context: EffectContext, { accountId }: { accountId: number }): Promise<void> {
  const { sql, now } = context
  const residentId = residentOf(context)
  const left = await sql(
    'link.leaveClosed',
    `UPDATE link l SET removed_at = $3, removed_why = 'closed' FROM account a
     WHERE l.resident_id = $1::uuid AND l.account_id = $2 AND l.removed_at IS NULL AND a.id = l.account_id AND NOT a.open
     RETURNING l.id`,
    [residentId, accountId, now],
  )
  await sql(
    'link.leftHere',
    `UPDATE notice SET state = 'dropped', failure = 'SEEN', changed_at = $3
     WHERE resident_id = $1::uuid AND dialog = 'accountGone' AND about = $2 AND state = 'planned'`,
    [residentId, String(accountId), now],
  )
  if (left.length > 0) await leaveRequests(context, [{ residentId, accountId }])
}
