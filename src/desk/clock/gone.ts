import { type Database, inTransaction, sqlOn } from '../../infra/database.ts'
import { isOpenRequest, lockRequest } from '../requests/request.ts'
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
  const left = await sqlOn(database)<{ id: string }>(
    'gone.requests',
    `SELECT r.id FROM request r WHERE ${isLeft} ORDER BY r.number`,
    [],
  )
  for (const { id } of left)
    await inTransaction(database, async (sql) => {
      if (!(await lockRequest(sql, id))) return
      await sql(
        'gone.request',
        `UPDATE request r SET assigned_to = NULL, state = CASE WHEN r.state = 'assigned' THEN 'new' ELSE r.state END, changed_at = $2
         WHERE r.id = $1::uuid AND ${isLeft}`,
        [id, now],
      )
      await showRequest(sql, id, 'changed', undefined, now)
    })
  return left.length
}

/** Of a request `r`: it is open, and of somebody who is no consultant any more. (SQL) */
const isLeft = `r.assigned_to IS NOT NULL AND ${isOpenRequest}
  AND NOT EXISTS (SELECT FROM consultant c WHERE c.id = r.assigned_to AND c.removed_at IS NULL)`
