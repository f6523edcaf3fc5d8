import { isOver, type RequestState, staffMoves } from '../../../domain/requests/states.ts'
import { text } from '../../../engine/text.ts'
import { isSupervisor } from '../../consultants.ts'
import { inRows } from '../../handle/buttons.ts'
import type { Spoken } from '../../handle/speak.ts'
import { plainly, reply, type Turn } from '../../handle/turn.ts'
import type { AboutRequest, RequestWish } from '../../records.ts'
import { addRequestLine, refusalOf } from '../move.ts'
import { isText } from '../naming.ts'
import { holderText, type RequestRefusal, refusalText } from '../refusal.ts'
import { addReply, joinAlbum, type Reply, type ReplyState } from '../replyRows.ts'
import { type DeskRequest, lockRequest } from '../request.ts'
import { sendReply } from '../sendReply.ts'
import { showRequest } from '../showRequest.ts'
import { promised } from './promise.ts'

/** Which request a message of the topic is about, and what a reply to it comes to: it shows the request, or asks for an answer. */
export async function requestAt(sql: Turn['sql'], topicId: number, message: string): Promise<AboutRequest | undefined> {
  const [found] = await sql<{ request: string; wants: RequestWish | null }>(
    'staffRequest.at',
    `SELECT coalesce(body #>> '{about,request}', body ->> 'request') AS request, body #>> '{about,wants}' AS wants FROM desk_post
     WHERE topic_id = $1 AND $2 = ANY (messages) AND (body ->> 'kind' = 'request' OR body ? 'about') ORDER BY id DESC LIMIT 1`,
    [topicId, message],
  )
  return found && { request: found.request, ...(found.wants !== null && { wants: found.wants }) }
}

/**
 * A consultant's words in answer to a request: to the message that shows it, or to the prompt of a button. They go to the resident when the request is
 * his or nobody's, and comes to what they are for; where that is not clear he is asked. Another's request is not touched: his words are kept as a note.
 */
export async function replyToRequest(turn: Turn, { request: id, wants }: AboutRequest, spoken: Spoken): Promise<void> {
  const { sql, who } = turn
  const request = await lockRequest(sql, id)
  if (!request || request.residentId === null) return reply(turn, text('desk.handle.residentGone'))
  const taken = request.assignedTo !== null && request.assignedTo !== who.id ? request.assignedTo : undefined
  if (taken !== undefined) return stop(turn, request, spoken, { why: 'taken', by: taken, number: request.number })
  if (wants === 'promise') return promised(turn, request, spoken)
  const to = wants ?? usual(request)
  if (to !== undefined && !refusalOf(request, { to, by: who })) return take(turn, request, spoken, to)
  const choices = choicesOf(request)
  if (choices.length === 0)
    return stop(turn, request, spoken, { why: 'state', state: request.state, number: request.number })
  return ask(turn, request, spoken, choices, to !== undefined)
}

/** A further piece of an album that has begun as a reply to a request: true when it was one. */
export async function isMoreOfReply(turn: Turn, { words }: Spoken): Promise<boolean> {
  const { sql, spot, who, now } = turn
  const { album, files, text: said } = words
  if (album === undefined || !spot) return false
  const joined = await joinAlbum(sql, { topicId: spot.topicId, by: who.id, album, text: said.text, files, now })
  if (joined?.state === 'sent')
    await reply(turn, text('desk.request.reply.late'), { about: { request: joined.request } })
  return joined !== undefined
}

/** A question is answered by whoever replies to it; with papers it is not to be guessed whether he wants more of them or rejects them. */
const usual = ({ kind, state }: DeskRequest): RequestState | undefined =>
  kind === 'question' && !isOver(state) ? 'answered' : undefined

/** What words may bring a request to. */
function choicesOf({ kind, state }: DeskRequest): (RequestState | 'more')[] {
  if (isOver(state)) return state === 'closed' ? [] : ['more']
  const withWords: readonly RequestState[] = ['answered', 'waiting', 'accepted', 'rejected', 'done', 'redirected']
  return staffMoves(kind, state).filter((to) => withWords.includes(to))
}

/** Words alone go at once; files have to be fetched from the forum first. */
async function take(turn: Turn, request: DeskRequest, spoken: Spoken, wants: Reply['wants']): Promise<void> {
  const { sql, now } = turn
  const id = await kept(turn, request, spoken, 'pending', wants)
  if (spoken.words.files.length === 0) await sendReply(sql, { id, stored: [], now })
}

function kept(
  turn: Turn,
  request: DeskRequest,
  spoken: Spoken,
  state: ReplyState,
  wants: Reply['wants'],
): Promise<string> {
  const { sql, who, now } = turn
  const { files, album } = spoken.words
  return addReply(sql, {
    ...{ request: request.id, by: who.id, state, wants, text: wordsOf(spoken), files, at: now },
    ...{ album: album ?? null, message: spoken.message },
  })
}

/** A place on the map goes as a link. */
export function wordsOf({ words: { text: said, location } }: Spoken): string {
  if (!location) return said.text
  const { latitude, longitude } = location
  return `https://yandex.ru/maps/?pt=${longitude},${latitude}&z=17`
}

async function ask(
  turn: Turn,
  request: DeskRequest,
  spoken: Spoken,
  choices: readonly (RequestState | 'more')[],
  isLate: boolean,
): Promise<void> {
  const id = await kept(turn, request, spoken, 'asked', null)
  const label = (key: string) => plainly(turn, text(key))
  const buttons = [
    ...choices.map((to) => ({ label: label(`desk.request.send.${to}`), token: `rqsend:${id}:${to}` })),
    { label: label('desk.request.send.note'), token: `rqsend:${id}:note` },
  ]
  const { number, state } = request
  const values = { number, state: isText(state) }
  const said = text(isLate || isOver(state) ? 'desk.request.reply.askLate' : 'desk.request.reply.ask', values)
  await reply(turn, said, { buttons: inRows(buttons, 2), about: { request: request.id } })
}

/** Nothing of it goes to the resident; what was written is kept as a note. */
async function stop(turn: Turn, request: DeskRequest, spoken: Spoken, refusal: RequestRefusal): Promise<void> {
  const { sql, who } = turn
  await kept(turn, request, spoken, 'stopped', null)
  await keepRequestNote(turn, request.id, spoken)
  const why =
    refusal.why === 'taken'
      ? text('desk.request.reply.stoppedTaken', { name: await holderText(sql, refusal.by) })
      : text('desk.request.reply.stopped', { why: await refusalText(sql, refusal) })
  const canGrab = refusal.why === 'taken' && isSupervisor(who)
  const label = plainly(turn, text('desk.handle.button.grab'))
  const buttons = canGrab ? { buttons: [[{ label, token: `rqgrab:${request.id}` }]] } : {}
  await reply(turn, why, { ...buttons, about: { request: request.id } })
}

/** What is not for the resident: words, and what files stood with them. */
export async function keepRequestNote(turn: Turn, id: string, spoken: Spoken): Promise<void> {
  const { sql, who, now } = turn
  const names = spoken.words.files.map(({ name }) => name)
  const said = [wordsOf(spoken), ...names].filter((part) => part !== '').join('\n')
  if (said === '') return
  const body = { text: said, files: [] }
  await addRequestLine(sql, { request: id, author: 'note', by: who.id, body, staffMessage: spoken.message, now })
  await showRequest(sql, id, 'changed', undefined, now)
}
