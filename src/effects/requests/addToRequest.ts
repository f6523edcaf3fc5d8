import { showRequest } from '../../desk/requests/showRequest.ts'
import { mayReopen } from '../../domain/requests/reopening.ts'
import { isOver, type RequestState } from '../../domain/requests/states.ts'
import type { EffectContext } from '../context.ts'
import { type LockedRequest, lockRequest } from './lockRequest.ts'
import { addLine, filesOf, type LeftFile, takeWritten, type Written } from './written.ts'

/**
 * `added`: shown to staff (`isMore`: a further piece of an album), but for the files that are `left`. `full`: nothing of it could be taken.
 * `over`: it is answered or closed; while it may be, it is reopened with these words instead (`reopenRequest`). `gone`: no request of his.
 */
export type AddedToRequest =
  | { kind: 'added'; state: RequestState; isMore: boolean; left: LeftFile[] }
  | { kind: 'full'; left: LeftFile[] }
  | { kind: 'over'; mayReopen: boolean }
  | { kind: 'gone' }

/** Adds a message to a request that is being seen to. What was asked for by staff is there then: the request goes back to whoever had it. */
export async function addToRequest(
  context: EffectContext,
  { request: id, written }: { request: string; written: Written },
): Promise<AddedToRequest> {
  const { sql, now } = context
  const request = await lockRequest(context, id)
  if (!request || request.state === 'draft') return { kind: 'gone' }
  if (isOver(request.state)) return { kind: 'over', mayReopen: mayBeReopened(context, request) }
  const isMore = written.album !== undefined && (await hasAlbum(context, id, written.album))
  const { words, left } = await takeWritten(context, id, written, await filesOf(context, id))
  if (!words) return { kind: 'full', left }
  const state = request.state !== 'waiting' ? request.state : request.assignedTo === null ? 'new' : 'assigned'
  const moved = state === request.state ? undefined : state
  const line = await addLine(context, { request: id, words, state: moved, message: written.message })
  await sql(
    'request.addedTo',
    'UPDATE request SET state = $2::"RequestState", chat = $3, changed_at = $4 WHERE id = $1::uuid',
    [id, state, context.chat, now],
  )
  await showRequest(sql, id, 'added', line, now)
  return { kind: 'added', state, isMore, left }
}

export const mayBeReopened = ({ today, rules }: EffectContext, { state, overOn }: LockedRequest): boolean =>
  mayReopen(state, overOn ?? undefined, today, rules.requests.reopenDays)

async function hasAlbum({ sql }: EffectContext, request: string, album: string): Promise<boolean> {
  const lines = await sql(
    'request.album',
    `SELECT 1 FROM request_line WHERE request_id = $1::uuid AND author = 'resident' AND body ->> 'album' = $2 LIMIT 1`,
    [request, album],
  )
  return lines.length > 0
}
