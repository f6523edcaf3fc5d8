import { lockTopics } from '../../desk/lockTopics.ts'
import { showRequest } from '../../desk/requests/showRequest.ts'
import type { EffectContext } from '../context.ts'

/**
 * An account is no longer a resident's, for he has left it, was put out of it, or it was closed. Drafts are about it no more; what was sent stays
 * as it is, and staff are told, who may not tell him of that account any more.
 */
export async function leaveRequests(
  { sql, now }: Pick<EffectContext, 'sql' | 'now'>,
  left: readonly { residentId: string; accountId: number }[],
): Promise<void> {
  await lockTopics(
    sql,
    left.map(({ residentId }) => residentId),
  )
  const whose = [left.map(({ residentId }) => residentId), left.map(({ accountId }) => accountId)]
  await sql(
    'request.leaveDrafts',
    `UPDATE request r SET account_id = NULL FROM unnest($1::uuid[], $2::int[]) AS u (resident_id, account_id)
     WHERE r.resident_id = u.resident_id AND r.account_id = u.account_id AND r.state = 'draft'`,
    whose,
  )
  const open = await sql<{ id: string }>(
    'request.left',
    `SELECT r.id FROM request r JOIN unnest($1::uuid[], $2::int[]) AS u (resident_id, account_id)
       ON r.resident_id = u.resident_id AND r.account_id = u.account_id
     WHERE r.state IN ('new', 'assigned', 'waiting', 'accepted') ORDER BY r.resident_id, r.id`,
    whose,
  )
  for (const { id } of open) await showRequest(sql, id, 'accountGone', undefined, now)
}
