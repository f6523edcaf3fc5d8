import type { Sql } from '../infra/database.ts'
import { lockTopics } from './lockTopics.ts'
import { staleCard } from './writing.ts'

/** An account is the resident's no more: his question is not about it any longer, and its card does not show it. */
export async function leaveAccount(sql: Sql, residentId: string, accountId: number, now: Date): Promise<void> {
  const [topic] = await lockTopics(sql, [residentId])
  if (topic === undefined) return
  await sql(
    'handOff.leaveAccount',
    `UPDATE hand_off SET account_id = NULL WHERE resident_id = $1::uuid AND account_id = $2 AND state <> 'closed'`,
    [residentId, accountId],
  )
  await staleCard(sql, topic, now)
}
