import { type Database, inTransaction, sqlOn } from '../../infra/database.ts'
import { isOpenRequest } from '../requests/request.ts'
import { showRequest } from '../requests/showRequest.ts'
import { putBack } from '../transitions/putBack.ts'
import type { ClockDeps } from './deps.ts'

/** Residents of whoever is no consultant any more go back into the queue, and his requests are nobody's. Answers how many. */
export async function leaveNobodyWithTheGone({ database, clock, rules }: ClockDeps): Promise<number> {
  const left = await sqlOn(database)<{ id: string }>(
    'gone.handOffs',
    `SELECT h.id FROM hand_off h WHERE h.state IN ('taken', 'on_hold') AND h.taken_by NOT LIKE 'vk:%'
       AND NOT EXISTS (SELECT FROM consultant c WHERE c.id = h.taken_by AND c.removed_at IS NULL) ORDER BY h.queued_at, h.number`,
    [],
  )
  for (const { id } of left)
    await inTransaction(database, (sql) => putBack(sql, { handOff: id, why: 'gone', now: clock.now(), rules }))
  return left.length + (await leaveRequests(database, clock.now()))
}

async function leaveRequests(database: Pick<Database, 'pool'>, now: Date): Promise<number> {
  return inTransaction(database, async (sql) => {
    const left = await sql<{ id: string }>(
      'gone.requests',
      `UPDATE request r SET assigned_to = NULL, state = CASE WHEN r.state = 'assigned' THEN 'new' ELSE r.state END, changed_at = $1
       WHERE r.assigned_to IS NOT NULL AND ${isOpenRequest}
         AND NOT EXISTS (SELECT FROM consultant c WHERE c.id = r.assigned_to AND c.removed_at IS NULL)
       RETURNING r.id`,
      [now],
    )
    for (const { id } of left) await showRequest(sql, id, 'changed', undefined, now)
    return left.length
  })
}
