import { noteBlocked, noteTyping } from '../desk/residentNotes.ts'
import type { EffectContext } from './context.ts'
import { activeOf } from './deskHandOff.ts'

/** What happens in a resident's chat while a person holds it, besides words: staff are told. */
export async function tellDesk(
  { sql, resident, now }: EffectContext,
  { what }: { what: 'blocked' | 'unblocked' | 'typing' },
): Promise<void> {
  const handOff = resident === undefined ? undefined : await activeOf(sql, resident)
  if (!handOff) return
  if (what !== 'typing') await noteBlocked(sql, handOff.topicId, what === 'blocked', now)
  else if (handOff.state === 'taken') await noteTyping(sql, handOff.topicId, now)
}
