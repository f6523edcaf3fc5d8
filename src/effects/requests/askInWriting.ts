import { addSaid, madeOf, saidIn } from '../../desk/requests/fromTalk.ts'
import { showRequest } from '../../desk/requests/showRequest.ts'
import { closeHandOff } from '../../desk/transitions/closeHandOff.ts'
import { type EffectContext, residentOf } from '../context.ts'
import { activeOf } from '../deskHandOff.ts'

/**
 * `sent`: what he has asked consultants is a request now. `silent`: he has said nothing yet; he has left the queue. `taken`: somebody is there to answer.
 * `over`: there is no question of his any more.
 */
export type AskedInWriting = { kind: 'sent'; id: string } | { kind: 'silent' | 'taken' | 'over' }

/** Whoever does not want to wait for a consultant has his question answered by a day that he is told: it leaves the queue and becomes a request. */
export async function askInWriting(context: EffectContext, _: Record<string, never>): Promise<AskedInWriting> {
  const { sql, now, rules, clock } = context
  const handOff = await activeOf(sql, residentOf(context))
  if (!handOff) return { kind: 'over' }
  if (handOff.state !== 'waiting') return { kind: 'taken' }
  const said = await saidIn(sql, handOff.id)
  const making = { now, rules, newId: () => clock.id() }
  const request = said.length > 0 ? await madeOf(sql, handOff, making) : undefined
  if (request) for (const line of said) await addSaid(sql, request, handOff, line, making)
  await closeHandOff(sql, { handOff: handOff.id, by: 'resident', now })
  if (!request) return { kind: 'silent' }
  await showRequest(sql, request.id, 'sent', undefined, now)
  return { kind: 'sent', id: request.id }
}
