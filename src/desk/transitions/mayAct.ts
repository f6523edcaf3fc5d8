import { type Consultant, isSupervisor } from '../consultants.ts'
import type { HandOff } from './handOff.ts'
import { type Refusal, refused, takenBy } from './outcome.ts'

/** Whether somebody may do something with a hand-off under way: its holder may, and a supervisor with any. */
export function mayAct(handOff: HandOff, by: Pick<Consultant, 'id' | 'role'>): Refusal | undefined {
  if (handOff.state === 'closed') return refused('closed')
  if (handOff.takenBy === by.id || isSupervisor(by)) return undefined
  return handOff.takenBy === null ? refused('waiting') : takenBy(handOff.takenBy)
}
