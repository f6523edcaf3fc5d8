import { staleCard } from '../desk/writing.ts'
import { type EffectContext, residentOf } from './context.ts'
import { activeOf } from './deskHandOff.ts'

/**
 * «Не жду, ответьте когда сможете»: the resident stays in the queue and is called when somebody answers. `taken`: somebody has just come;
 * `over`: it has ended meanwhile.
 */
export async function beAnsweredLater(
  context: EffectContext,
  _: Record<string, never>,
): Promise<{ kind: 'later' | 'over' } | { kind: 'taken'; handOff: string }> {
  const { sql, now } = context
  const handOff = await activeOf(sql, residentOf(context))
  if (!handOff) return { kind: 'over' }
  if (handOff.state === 'taken') return { kind: 'taken', handOff: handOff.id }
  await sql('desk.patient', 'UPDATE hand_off SET patient = true WHERE id = $1::uuid', [handOff.id])
  await staleCard(sql, handOff.topicId, now)
  return { kind: 'later' }
}
