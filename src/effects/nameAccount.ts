import { noteAccount } from '../desk/residentNotes.ts'
import { staleCard } from '../desk/writing.ts'
import { type EffectContext, residentOf } from './context.ts'

/** Which of his accounts a resident's question is about. `gone`: the account is not his, or no question is under way. */
export async function nameAccount(
  context: EffectContext,
  { accountId }: { accountId: number },
): Promise<{ kind: 'named'; handOff: string } | { kind: 'gone' }> {
  const { sql, now } = context
  const [named] = await sql<{ id: string; topic: number }>(
    'desk.account',
    `UPDATE hand_off h SET account_id = l.account_id FROM link l
     WHERE h.resident_id = $1::uuid AND h.state <> 'closed' AND l.resident_id = h.resident_id AND l.account_id = $2 AND l.removed_at IS NULL
     RETURNING h.id, h.topic_id AS topic`,
    [residentOf(context), accountId],
  )
  if (!named) return { kind: 'gone' }
  await noteAccount(sql, named.topic, now)
  await staleCard(sql, named.topic, now)
  return { kind: 'named', handOff: named.id }
}
