import { dialogOfKind } from '../../domain/requests/dialogOfKind.ts'
import type { RequestWords } from '../../domain/requests/lines.ts'
import { isOver, type RequestState, staffMoves } from '../../domain/requests/states.ts'
import type { Sql } from '../../infra/database.ts'
import { addNotice } from '../../notices/addNotice.ts'
import { logRequestView } from '../card/views.ts'
import type { Consultant } from '../consultants.ts'
import { whyUnreached } from './reach.ts'
import type { RequestRefusal } from './refusal.ts'
import { type DeskRequest, lockRequest } from './request.ts'
import { showRequest } from './showRequest.ts'
import { requestUntold } from './untold.ts'

/** Who acts: a consultant, or the operator by the `erc` command, who may do whatever a supervisor may. */
export type Actor = Pick<Consultant, 'id' | 'role'> | 'operator'

export interface Move {
  request: string
  by: Actor
  /** `more`: words that are added to what the request has come to. */
  to: RequestState | 'more'
  words?: RequestWords
  /** Of another's request: takes it from him. */
  evenTaken?: boolean
  /** His message in the forum. */
  staffMessage?: string
  now: Date
}

/** `isReached`: the resident is told, or there is nothing to tell. */
export type Moved =
  | { kind: 'done'; request: DeskRequest; line: string; isReached: boolean }
  | { kind: 'refused'; refusal: RequestRefusal }

/**
 * Brings a request to a state, or refuses: judged under its lock, so that of two who press at once one has it. One that nobody has is taken by
 * whoever does something with it. The resident is told where he wrote from; the topic shows it.
 */
export async function moveRequest(sql: Sql, move: Move): Promise<Moved> {
  const { to, by, now, words = { text: '', files: [] } } = move
  const request = await lockRequest(sql, move.request)
  const refusal = request ? refusalOf(request, move) : ({ why: 'gone', number: 0 } as const)
  if (!request || refusal) return { kind: 'refused', refusal: refusal ?? { why: 'gone', number: 0 } }
  const state = to === 'more' ? request.state : to
  const holder = holderAfter(request, move)
  await sql(
    'staffRequest.move',
    `UPDATE request SET state = $2::"RequestState", assigned_to = $3, changed_at = $4,
       answered_at = CASE WHEN $5::boolean THEN $4 WHEN $6::boolean THEN answered_at END,
       closed_at = CASE WHEN $2 = 'closed' THEN $4 END,
       promised_at = CASE WHEN $6::boolean THEN NULL ELSE promised_at END, promise = CASE WHEN $6::boolean THEN NULL ELSE promise END,
       nag_at = CASE WHEN $6::boolean THEN NULL ELSE nag_at END
     WHERE id = $1::uuid`,
    [request.id, state, holder, now, isOver(state) && !isOver(request.state), isOver(state)],
  )
  if (holder !== null && holder !== request.assignedTo) await logRequestView(sql, { by: holder, request, now })
  const isNews = to !== 'new' && !(to === 'assigned' && (await wasAssigned(sql, request.id)))
  const line = await addRequestLine(sql, {
    request: request.id,
    author: 'consultant',
    by: by === 'operator' ? undefined : by.id,
    state: to === 'more' ? undefined : to,
    body: words,
    staffMessage: move.staffMessage,
    now,
  })
  await showRequest(sql, request.id, 'changed', undefined, now)
  const isReached = isNews ? await tellOfLine(sql, request, line, now) : true
  return { kind: 'done', request: { ...request, state, assignedTo: holder }, line, isReached }
}

/** Whether somebody may bring a request to a state; nothing when he may. */
export function refusalOf(
  { number, kind, state, residentId, assignedTo }: DeskRequest,
  { to, by, evenTaken = false }: Pick<Move, 'to' | 'by' | 'evenTaken'>,
): RequestRefusal | undefined {
  if (residentId === null && !(by === 'operator' && to === 'closed')) return { why: 'gone', number }
  const own = by === 'operator' ? undefined : by.id
  const mayAny = by === 'operator' || (evenTaken && by.role === 'supervisor')
  if (to === 'assigned' && assignedTo !== null && assignedTo === own && state === 'assigned')
    return { why: 'yours', number }
  if (assignedTo !== null && assignedTo !== own && !mayAny) return { why: 'taken', by: assignedTo, number }
  const isHandedOver = to === 'assigned' && state === 'assigned' && mayAny
  const isPossible = to === 'more' ? isOver(state) && state !== 'closed' : staffMoves(kind, state).includes(to)
  return isPossible || isHandedOver ? undefined : { why: 'state', state, number }
}

function holderAfter({ assignedTo }: DeskRequest, { to, by, evenTaken }: Move): string | null {
  if (to === 'new') return null
  const own = by === 'operator' ? undefined : by.id
  if (to === 'assigned' && own !== undefined && evenTaken) return own
  return assignedTo ?? own ?? null
}

async function wasAssigned(sql: Sql, id: string): Promise<boolean> {
  const before = await sql(
    'staffRequest.wasAssigned',
    `SELECT 1 FROM request_line WHERE request_id = $1::uuid AND state = 'assigned' LIMIT 1`,
    [id],
  )
  return before.length > 0
}

export interface NewRequestLine {
  request: string
  author: 'resident' | 'consultant' | 'note' | 'desk'
  by?: string | undefined
  state?: RequestState | undefined
  body: RequestWords
  staffMessage?: string | undefined
  now: Date
}

/** Keeps a line of a request, and the files in it as long as the request; answers its id. */
export async function addRequestLine(sql: Sql, line: NewRequestLine): Promise<string> {
  const [added] = await sql<{ id: string }>(
    'staffRequest.line',
    `INSERT INTO request_line (request_id, author, by, state, body, staff_message, at)
     VALUES ($1::uuid, $2, $3, $4::"RequestState", $5::jsonb, $6, $7) RETURNING id::text`,
    [
      ...[line.request, line.author, line.by ?? null, line.state ?? null],
      ...[JSON.stringify(line.body), line.staffMessage ?? null, line.now],
    ],
  )
  if (!added) throw new Error('a line of a request was not kept')
  const { files } = line.body
  if (files.length > 0)
    await sql(
      'staffRequest.lineFiles',
      `UPDATE file f SET request_id = r.id, resident_id = r.resident_id FROM request r WHERE r.id = $1::uuid AND f.id = ANY ($2::uuid[])`,
      [line.request, files.map(({ id }) => id)],
    )
  return added.id
}

/**
 * The resident is told of a line in the chat that he has sent the request from, by the dialog of its kind. False when it does not reach him: that is said
 * in his topic.
 */
export async function tellOfLine(
  sql: Sql,
  { residentId, chat, kind }: Pick<DeskRequest, 'residentId' | 'chat' | 'kind'>,
  line: string,
  now: Date,
): Promise<boolean> {
  if (residentId === null) return true
  await addNotice(sql, { id: `request:${line}`, residentId, chat, dialog: dialogOfKind[kind], about: line, dueAt: now })
  const why = await whyUnreached(sql, { residentId, kind })
  if (why) await requestUntold(sql, line, now, why)
  return why === undefined
}
