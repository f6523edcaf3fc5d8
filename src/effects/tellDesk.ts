import { noteBlocked } from '../desk/residentNotes.ts'
import type { EffectContext } from './context.ts'
import { activeOf } from './deskHandOff.ts'

/** In the middle of a talk the resident's messenger lets us write to him no more, or again: staff are told. */
export async function tellDesk(
  { sql, resident, now }: EffectContext,
  { isBlocked }: { isBlocked: boolean },
): Promise<void> {
  const handOff = resident === undefined ? undefined : await activeOf(sql, resident)
  if (handOff) await noteBlocked(sql, handOff.topicId, isBlocked, now)
}
