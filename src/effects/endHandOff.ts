import { closeHandOff } from '../desk/transitions/closeHandOff.ts'
import { type EffectContext, residentOf } from './context.ts'
import { activeOf } from './deskHandOff.ts'

/**
 * The resident leaves the queue or ends the talk. `taken`: he wanted to leave the queue, and somebody has just come. `over`: it has ended
 * meanwhile.
 */
export async function endHandOff(
  context: EffectContext,
  { evenTaken }: { evenTaken: boolean },
): Promise<{ kind: 'ended' | 'taken'; handOff: string } | { kind: 'over' }> {
  const { sql, now } = context
  const handOff = await activeOf(sql, residentOf(context))
  if (!handOff) return { kind: 'over' }
  if (handOff.state === 'taken' && !evenTaken) return { kind: 'taken', handOff: handOff.id }
  await closeHandOff(sql, { handOff: handOff.id, by: 'resident', now })
  return { kind: 'ended', handOff: handOff.id }
}
