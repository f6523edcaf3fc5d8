import { openHandOff } from '../desk/opening.ts'
import type { DialogStep } from '../desk/records.ts'
import { keepSent, type Sent } from '../desk/residentLine.ts'
import { residentSpoke } from '../desk/transitions/spoke.ts'
import type { Subject } from '../domain/deskSubjects.ts'
import { type EffectContext, residentOf } from './context.ts'
import { activeOf, isDeskOpen, moveHere } from './deskHandOff.ts'

/** Where a resident's question is now. `morning`: nobody is there, it is for the next opening. */
export interface Asked {
  handOff: string
  number: number
  state: 'waiting' | 'taken' | 'on_hold'
  morning: boolean
}

export interface Asking {
  subject: Subject
  accountId?: number | undefined
  steps: readonly DialogStep[]
  sent?: Sent | undefined
}

/**
 * Asks for a consultant, with the first words when there are some. A resident who has a hand-off under way, here or in his other
 * messenger, joins it: there is one thread.
 */
export async function askConsultant(
  context: EffectContext,
  { subject, accountId, steps, sent }: Asking,
): Promise<Asked> {
  const { sql, chat, now, clock, rules } = context
  const residentId = residentOf(context)
  const morning = !(await isDeskOpen(context))
  const isNew = await openHandOff(
    sql,
    { id: clock.id(), residentId, chat, subject, accountId, morning, steps, now },
    context,
  )
  const handOff = await activeOf(sql, residentId)
  if (!handOff) throw new Error('a hand-off was neither opened nor joined')
  if (!isNew && sent) await residentSpoke(sql, { handOff: handOff.id, chat, now, rules })
  if (!isNew && !sent) await moveHere(context, handOff)
  if (sent) await keepSent(sql, handOff, chat, sent, now)
  return inQueue(handOff, sent !== undefined)
}

/** Of one that was put off its holder has the words before him at once. */
export function inQueue(
  { id, number, state, morning }: Parameters<typeof keepSent>[1] & InQueue,
  spoke: boolean,
): Asked {
  if (state === 'closed') throw new Error('a hand-off that is over')
  return { handOff: id, number, state: spoke && state === 'on_hold' ? 'taken' : state, morning }
}

interface InQueue {
  number: number
  state: Asked['state'] | 'closed'
  morning: boolean
}
