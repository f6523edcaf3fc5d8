import { isOver } from '../../../domain/requests/states.ts'
import { type Answered, reply, type Turn } from '../../handle/turn.ts'
import type { RequestWish } from '../../records.ts'
import { post } from '../../writing.ts'
import { hold } from '../giveTo.ts'
import { moveRequest } from '../move.ts'
import { type RequestRefusal, refusalText } from '../refusal.ts'
import type { DeskRequest } from '../request.ts'

export async function refusedInWords({ sql }: Pick<Turn, 'sql'>, refusal: RequestRefusal): Promise<Answered> {
  return { text: await refusalText(sql, refusal), alert: true }
}

/** Whether somebody may work with an open request: it is his or nobody's. */
export function mayWork(request: DeskRequest, { who }: Turn): RequestRefusal | undefined {
  const { state, number, assignedTo } = request
  if (isOver(state)) return { why: 'state', state, number }
  return assignedTo === null || assignedTo === who.id ? undefined : { why: 'taken', by: assignedTo, number }
}

/** So that no two prepare an answer. One that waits for its resident, or is accepted, stays so. */
export async function takeNobodys({ sql, who, now }: Turn, request: DeskRequest): Promise<void> {
  const { id, state, assignedTo } = request
  if (assignedTo !== null || isOver(state)) return
  if (state === 'new') await moveRequest(sql, { request: id, by: who, to: 'assigned', now })
  else await hold(sql, request, who.id, now)
}

/** Says something of a request in its topic, wherever the button was pressed; whoever pressed it is called. */
export async function say(
  { sql, who, now, event, spot }: Turn,
  { id, topicId }: Pick<DeskRequest, 'id' | 'topicId'>,
  said: Parameters<typeof reply>[1],
  { buttons = [], wants }: { buttons?: { label: string; token: string }[][]; wants?: RequestWish },
): Promise<void> {
  const about = { request: id, ...(wants !== undefined && { wants }) }
  const more = { mentions: [who.id], about, ...(buttons.length > 0 && { buttons }) }
  if (topicId !== null) await post(sql, topicId, { kind: 'say', text: said, ...more }, now)
  else await reply({ sql, now, event, spot }, said)
}
