import { isOver } from '../../domain/requests/states.ts'
import { text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { logRequestView } from '../card/views.ts'
import type { Consultant } from '../consultants.ts'
import { post } from '../writing.ts'
import { moveRequest } from './move.ts'
import type { RequestRefusal } from './refusal.ts'
import { type DeskRequest, lockRequest } from './request.ts'
import { showRequest } from './showRequest.ts'

/** Gives an open request to a consultant, whoever had it; he is called to it in the resident's topic. Answers why not, when it is not done. */
export async function giveTo(
  sql: Sql,
  { request: id, to, now }: { request: string; to: Pick<Consultant, 'id' | 'name'>; now: Date },
): Promise<RequestRefusal | undefined> {
  const request = await lockRequest(sql, id)
  if (!request) return { why: 'gone', number: 0 }
  const { number, state, assignedTo, topicId } = request
  if (isOver(state)) return { why: 'state', state, number }
  if (assignedTo === to.id) return { why: 'yours', number }
  if (state === 'new') {
    const moved = await moveRequest(sql, {
      request: id,
      by: { id: to.id, role: 'supervisor' },
      to: 'assigned',
      evenTaken: true,
      now,
    })
    if (moved.kind === 'refused') return moved.refusal
  } else await hold(sql, request, to.id, now)
  if (topicId !== null) {
    const said = text('desk.request.given', { number, name: to.name })
    await post(sql, topicId, { kind: 'say', text: said, mentions: [to.id], about: { request: id } }, now)
  }
  return undefined
}

/** It is somebody's from now on, and stands where it stood. */
export async function hold(sql: Sql, request: DeskRequest, by: string, now: Date): Promise<void> {
  const { id } = request
  await sql('staffRequest.give', 'UPDATE request SET assigned_to = $2, changed_at = $3 WHERE id = $1::uuid', [
    id,
    by,
    now,
  ])
  await logRequestView(sql, { by, request, now })
  await showRequest(sql, id, 'changed', undefined, now)
}
