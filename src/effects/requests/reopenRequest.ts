import { showRequest } from '../../desk/requests/showRequest.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import { isOver } from '../../domain/requests/states.ts'
import type { EffectContext } from '../context.ts'
import { mayBeReopened } from './addToRequest.ts'
import { lockRequest } from './lockRequest.ts'
import { dueFrom } from './sendRequest.ts'
import { addLine, filesOf, type LeftFile, takeWritten, type Written } from './written.ts'

/** `open`: it is not over. `tooLate`: it has been over for longer than one may reopen it. `empty`: nothing was said. `gone`: no request of his. */
export type ReopenedRequest =
  | { kind: 'reopened'; number: number; dueOn: LocalDate; left: LeftFile[] }
  | { kind: 'empty'; left: LeftFile[] }
  | { kind: 'open' | 'tooLate' | 'gone' }

/** Opens a request again that was answered or closed, with what is still missing; an answer is promised anew. What it was rated is not kept. */
export async function reopenRequest(
  context: EffectContext,
  { request: id, written }: { request: string; written: Written },
): Promise<ReopenedRequest> {
  const { sql, chat, now } = context
  const request = await lockRequest(context, id)
  if (!request || request.state === 'draft' || request.number === null) return { kind: 'gone' }
  if (!isOver(request.state)) return { kind: 'open' }
  if (!mayBeReopened(context, request)) return { kind: 'tooLate' }
  const { words, left } = await takeWritten(context, id, written, await filesOf(context, id))
  if (!words) return { kind: 'empty', left }
  const line = await addLine(context, { request: id, words, state: 'new', message: written.message })
  const dueOn = dueFrom(context, request.kind, request.subject)
  await sql(
    'request.reopen',
    `UPDATE request SET state = 'new', due_on = $2::date, chat = $3, changed_at = $4, answered_at = NULL, closed_at = NULL,
       rating = NULL, rating_words = NULL, rating_declined_at = NULL WHERE id = $1::uuid`,
    [id, dueOn, chat, now],
  )
  await showRequest(sql, id, 'reopened', line, now)
  return { kind: 'reopened', number: request.number, dueOn, left }
}
