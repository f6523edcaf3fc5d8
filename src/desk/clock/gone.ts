import { inTransaction, sqlOn } from '../../infra/database.ts'
import { putBack } from '../transitions/putBack.ts'
import type { ClockDeps } from './deps.ts'

/** Residents of whoever is no consultant any more go back into the queue. Answers how many. */
export async function leaveNobodyWithTheGone({ database, clock, rules }: ClockDeps): Promise<number> {
  const left = await sqlOn(database)<{ id: string }>(
    'gone.handOffs',
    `SELECT h.id FROM hand_off h WHERE h.state IN ('taken', 'on_hold') AND h.taken_by NOT LIKE 'vk:%'
       AND NOT EXISTS (SELECT FROM consultant c WHERE c.id = h.taken_by AND c.removed_at IS NULL) ORDER BY h.queued_at, h.number`,
    [],
  )
  for (const { id } of left)
    await inTransaction(database, (sql) => putBack(sql, { handOff: id, why: 'gone', now: clock.now(), rules }))
  return left.length
}
