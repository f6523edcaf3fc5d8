import { closeHandOff } from '../desk/transitions/closeHandOff.ts'
import { type EffectContext, residentOf } from './context.ts'
import { activeOf } from './deskHandOff.ts'
import { dropDrafts } from './requests/dropDraft.ts'
import { leaveRequests } from './requests/leaveRequests.ts'

/**
 * Withdraws consent: accounts are unlinked at once and a talk with a consultant ends. What was being prepared for
 * staff is gone; what they were already sent stays with them, as what the billing was given
 * stays there under its own law.
 */
export async function withdrawConsent(context: EffectContext, _: Record<string, never>): Promise<void> {
  const { sql, now } = context
  const residentId = residentOf(context)
  const handOff = await activeOf(sql, residentId)
  if (handOff) await closeHandOff(sql, { handOff: handOff.id, by: 'resident', now })
  await sql(
    'consent.withdraw',
    'UPDATE consent SET withdrawn_at = $2 WHERE resident_id = $1 AND withdrawn_at IS NULL',
    [residentId, now],
  )
  const removed = await sql<{ accountId: number }>(
    'link.removeAll',
    'UPDATE link SET removed_at = $2 WHERE resident_id = $1 AND removed_at IS NULL RETURNING account_id AS "accountId"',
    [residentId, now],
  )
  await leaveRequests(
    context,
    removed.map(({ accountId }) => ({ residentId, accountId })),
  )
  await dropDrafts(context)
}
