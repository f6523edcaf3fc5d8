/**
 * What staff has to see to for a resident: question (обращение), papers (документы, which he hands in), account (папка на открытие лицевого
 * счёта), order (справка или выписка, which he asks for).
 */
export const requestKinds = ['question', 'papers', 'account', 'order'] as const
export type RequestKind = (typeof requestKinds)[number]

/** domain rules, §7 and §8; see the `request` table. */
export type RequestState =
  | 'draft'
  | 'new'
  | 'assigned'
  | 'waiting'
  | 'answered'
  | 'accepted'
  | 'rejected'
  | 'done'
  | 'closed'
  | 'redirected'

/** Nobody has anything to do with it any more, unless the resident reopens it. */
const over: ReadonlySet<RequestState> = new Set(['answered', 'rejected', 'done', 'closed', 'redirected'])

export const isOver = (state: RequestState): boolean => over.has(state)

/** What staff can bring a request of a kind to from where it stands. A question is answered; documents are judged, and end with a result. */
export function staffMoves(kind: RequestKind, state: RequestState): readonly RequestState[] {
  if (state === 'draft' || state === 'closed') return []
  if (kind === 'question') return questionMoves[state] ?? []
  return kind === 'order' ? (orderMoves[state] ?? []) : (paperMoves[state] ?? [])
}

type Moves = Partial<Record<RequestState, readonly RequestState[]>>

const questionMoves: Moves = {
  new: ['assigned', 'waiting', 'answered', 'redirected'],
  assigned: ['waiting', 'answered', 'redirected', 'new'],
  waiting: ['assigned', 'answered', 'redirected'],
  answered: ['closed'],
  redirected: ['closed'],
}

const paperMoves: Moves = {
  new: ['assigned', 'waiting', 'accepted', 'rejected'],
  assigned: ['waiting', 'accepted', 'rejected', 'new'],
  waiting: ['assigned', 'accepted', 'rejected'],
  accepted: ['done', 'waiting', 'rejected'],
}

const orderMoves: Moves = {
  new: ['assigned', 'waiting', 'rejected', 'done'],
  assigned: ['waiting', 'rejected', 'done', 'new'],
  waiting: ['assigned', 'rejected', 'done'],
}
