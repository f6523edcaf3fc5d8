import { showRequest } from '../../desk/requests/showRequest.ts'
import type { EffectContext } from '../context.ts'
import { lockRequest } from './lockRequest.ts'
import { addLine } from './written.ts'

/** Nothing more is to be done about a request: the resident says so, answered or not. `closed` also when it was before. `gone`: no request of his. */
export async function closeRequest(
  context: EffectContext,
  { request: id }: { request: string },
): Promise<{ kind: 'closed'; number: number } | { kind: 'gone' }> {
  const { sql, now } = context
  const request = await lockRequest(context, id)
  if (!request || request.state === 'draft' || request.number === null) return { kind: 'gone' }
  const { number } = request
  if (request.state === 'closed') return { kind: 'closed', number }
  const line = await addLine(context, { request: id, words: { text: '', files: [] }, state: 'closed' })
  await sql(
    'request.close',
    `UPDATE request SET state = 'closed', closed_at = $2, changed_at = $2, promised_at = NULL, promise = NULL WHERE id = $1::uuid`,
    [id, now],
  )
  await showRequest(sql, id, 'closed', line, now)
  return { kind: 'closed', number }
}
