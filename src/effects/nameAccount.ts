import { noteAccount } from '../desk/residentNotes.ts'
import { staleCard } from '../desk/writing.ts'
import { type EffectContext, residentOf } from './context.ts'
import { activeOf } from './deskHandOff.ts'

/** Which of his accounts a resident's question is about. `gone`: the account is not his, or no question is under way. */
export async function nameAccount(
  context: EffectContext,
  { accountId }: { accountId: number },
): Promise<{ kind: 'named' | 'gone' }> {
  const { sql, now } = context
  const residentId = residentOf(context)
  const handOff = await activeOf(sql, residentId)
  if (!handOff) return { kind: 'gone' }
  const named = await sql(
    'desk.account',
    `UPDATE hand_off h SET account_id = l.account_id FROM link l
     WHERE h.id = $1::uuid AND l.resident_id = $2::uuid AND l.account_id = $3 AND l.removed_at IS NULL RETURNING h.id`,
    [handOff.id, residentId, accountId],
  )
  if (named.length === 0) return { kind: 'gone' }
  await noteAccount(sql, handOff.topicId, now)
  await staleCard(sql, handOff.topicId, now)
  return { kind: 'named' }
}
