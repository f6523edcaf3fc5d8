import { isOver, type RequestState, staffMoves } from '../../domain/requests/states.ts'
import { type Text, text } from '../../engine/text.ts'
import type { DeskButton } from '../channel.ts'
import { inRows } from '../handle/buttons.ts'
import type { RequestFacts } from './facts.ts'

/** What can be done with a request where it stands; each press is judged again. */
export function requestButtons(request: RequestFacts, say: (text: Text) => string): DeskButton[][] {
  const { id, kind, state, assignedTo, promisedAt, lines, handOff } = request
  const isOpen = !isOver(state)
  const button = (act: string, label = act): DeskButton => ({
    label: say(text(`desk.request.button.${label}`)),
    token: `rq${act}:${id}`,
  })
  const moves = staffMoves(kind, state)
  const take = moves.includes('assigned') && (state !== 'waiting' || assignedTo === null) ? [button('take')] : []
  const main = moves.flatMap((to) => (to in labels ? [button(labels[to] ?? '', labelOf(to, kind))] : []))
  const more = [
    ...(isOpen && promisedAt === null ? [button('promise')] : []),
    ...(isOpen && promisedAt !== null ? [button('kept')] : []),
    ...(isOpen ? [button('talk')] : []),
    ...(kind === 'question' && handOff !== undefined && moves.includes('answered') ? [button('talked')] : []),
    ...(moves.includes('new') ? [button('back')] : []),
    ...(moves.includes('closed') ? [button('close')] : []),
    ...(lines.some(({ files }) => files.length > 0) ? [button('files')] : []),
  ]
  return [...inRows(take, 1), ...inRows(main, 2), ...inRows(more, 2)]
}

/** Moves that have a button of their own, by the act behind it. */
const labels: Partial<Record<RequestState, string>> = {
  answered: 'answer',
  waiting: 'ask',
  accepted: 'accept',
  rejected: 'reject',
  done: 'done',
  redirected: 'redirect',
}

/** Papers that are not enough are asked for, a question is asked back. */
const labelOf = (to: RequestState, kind: RequestFacts['kind']): string =>
  to === 'waiting' && (kind === 'papers' || kind === 'account') ? 'askPapers' : (labels[to] ?? to)
