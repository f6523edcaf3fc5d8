import { keepSent, type Sent } from '../desk/residentLine.ts'
import type { HandOff } from '../desk/transitions/handOff.ts'
import { reopen } from '../desk/transitions/reopen.ts'
import { residentSpoke } from '../desk/transitions/spoke.ts'
import { type Asked, inQueue } from './askConsultant.ts'
import { type EffectContext, residentOf } from './context.ts'
import { activeOf, isDeskOpen, lastClosed } from './deskHandOff.ts'

export type { Sent } from '../desk/residentLine.ts'

/**
 * `heard`: kept and shown to staff; `isMore`: a further piece of an album; `reopened`: the talk was over, for less than a day, and is open again.
 * `unknown`: an edit of what was not said to consultants. `over`: there is no talk any more that these words could belong to; nothing is kept.
 */
export type Relayed =
  | ({ kind: 'heard'; isMore: boolean; reopened: boolean } & Asked)
  | { kind: 'unknown' }
  | { kind: 'over' }

/** What a resident says to consultants, in the talk that he has under way or had within a day. Without words it is only reopened. */
export async function relay(context: EffectContext, { sent }: { sent?: Sent | undefined }): Promise<Relayed> {
  const { sql, chat, now, rules } = context
  const residentId = residentOf(context)
  const active = await activeOf(sql, residentId)
  const handOff = active ?? (sent?.edits ? undefined : await reopenLast(context, residentId))
  if (!handOff) return { kind: sent?.edits ? 'unknown' : 'over' }
  const kept = sent ? await keepSent(sql, handOff, chat, sent, now) : 'kept'
  // An edit of what consultants have never read wants no answer of theirs.
  if (kept === 'unknown') return { kind: 'unknown' }
  if (active) await residentSpoke(sql, { handOff: active.id, chat, now, rules })
  return { kind: 'heard', isMore: kept === 'more', reopened: !active, ...inQueue(handOff, true) }
}

async function reopenLast(context: EffectContext, residentId: string): Promise<HandOff | undefined> {
  const { sql, chat, now, rules } = context
  const last = await lastClosed(sql, residentId)
  if (last === undefined) return undefined
  const done = await reopen(sql, { handOff: last, chat, now, rules })
  if (done.kind === 'refused') return undefined
  if (!(await isDeskOpen(context)))
    await sql('desk.forMorning', 'UPDATE hand_off SET morning = true, next_at = NULL WHERE id = $1::uuid', [last])
  return activeOf(sql, residentId)
}
