import type { RequestState } from '../../../domain/requests/states.ts'
import { text } from '../../../engine/text.ts'
import { logRequestView } from '../../card/views.ts'
import { type Answered, done, notDone, plainly, type Turn } from '../../handle/turn.ts'
import { post } from '../../writing.ts'
import { moveRequest, refusalOf } from '../move.ts'
import { lockReply, requestOfReply, settleReply } from '../replyRows.ts'
import { type DeskRequest, lockRequest } from '../request.ts'
import { keepAsNote, sendReply } from '../sendReply.ts'
import { refusedInWords, say, takeNobodys } from './common.ts'
import { askPromise, keptPromise, tellPromise } from './promise.ts'
import { redirect } from './redirect.ts'
import { intoTalk, solvedInTalk } from './talk.ts'

/**
 * What a button of a request does; each is judged again under the request's lock. `id` is the request's (`rqsend`: the reply's), `choice` is the second
 * step's: what a reply is, whom to call.
 */
export const requestActs = {
  rqtake: (turn, id) => moved(turn, id, 'assigned'),
  /** A supervisor takes it from whoever has it. */
  rqgrab: (turn, id) => moved(turn, id, 'assigned'),
  rqback: (turn, id) => moved(turn, id, 'new'),
  rqclose: (turn, id) => moved(turn, id, 'closed'),
  rqaccept: (turn, id) => moved(turn, id, 'accepted'),
  /** A result without words or a file. */
  rqfinish: (turn, id) => moved(turn, id, 'done'),
  rqanswer: (turn, id) => prompt(turn, id, 'answered'),
  rqask: (turn, id) => prompt(turn, id, 'waiting'),
  rqreject: (turn, id) => prompt(turn, id, 'rejected'),
  rqdone: (turn, id) => prompt(turn, id, 'done'),
  rqredirect: (turn, id, choice) =>
    choice === undefined ? prompt(turn, id, 'redirected') : redirect(turn, id, choice),
  rqpromise: (turn, id, choice) => askPromise(turn, id, choice),
  rqkept: (turn, id) => keptPromise(turn, id),
  rqtell: (turn, id) => tellPromise(turn, id),
  rqtalk: (turn, id) => intoTalk(turn, id),
  rqtalked: (turn, id) => solvedInTalk(turn, id),
  rqfiles: (turn, id) => showFiles(turn, id),
  rqsend: (turn, id, choice) => sendAs(turn, id, choice),
} satisfies Record<string, (turn: Turn, id: string, choice?: string) => Promise<Answered>>

export type RequestAct = keyof typeof requestActs

export const isRequestAct = (name: string): name is RequestAct => Object.hasOwn(requestActs, name)

/** A supervisor may press what is another's. */
async function moved(turn: Turn, id: string, to: RequestState): Promise<Answered> {
  const { sql, who, now } = turn
  const came = await moveRequest(sql, { request: id, by: who, to, evenTaken: true, now })
  if (came.kind === 'refused') return refusedInWords(turn, came.refusal)
  return done(`desk.request.done.${to}`, { number: came.request.number })
}

/** Asks for the words that a move wants: whoever replies to what is posted says them. One that nobody has is his from then on. */
async function prompt(turn: Turn, id: string, wants: RequestState): Promise<Answered> {
  const { sql, who } = turn
  const request = await lockRequest(sql, id)
  if (!request) return notDone('desk.request.refused.gone')
  const refusal = refusalOf(request, { to: wants, by: who })
  if (refusal) return refusedInWords(turn, refusal)
  await takeNobodys(turn, request)
  const buttons = await promptButtons(turn, request, wants)
  const said = text(`desk.request.prompt.${promptOf(request, wants)}`, { number: request.number })
  await say(turn, request, said, { buttons, wants })
  return {}
}

const promptOf = ({ kind }: DeskRequest, wants: RequestState): string =>
  wants === 'waiting' && (kind === 'papers' || kind === 'account') ? 'waitingPapers' : wants

async function promptButtons(turn: Turn, { id }: DeskRequest, wants: RequestState) {
  const label = (key: string) => plainly(turn, text(key))
  if (wants === 'done') return [[{ label: label('desk.request.button.finish'), token: `rqfinish:${id}` }]]
  if (wants !== 'redirected') return []
  const { dispatchPhone } = turn.rules.emergency
  return [
    [
      {
        label: label(dispatchPhone === undefined ? 'desk.request.button.company' : 'desk.request.button.dispatch'),
        token: `rqredirect:${id}:company`,
      },
    ],
    [{ label: label('desk.request.button.supplier'), token: `rqredirect:${id}:supplier` }],
    [{ label: label('desk.request.button.gas'), token: `rqredirect:${id}:gas` }],
  ]
}

/** «Файлы»: all of them at the end of the topic. */
async function showFiles({ sql, now, who }: Turn, id: string): Promise<Answered> {
  const request = await lockRequest(sql, id)
  if (!request || request.topicId === null) return notDone('desk.request.refused.gone')
  await post(sql, request.topicId, { kind: 'request', request: id, what: 'files' }, now)
  await logRequestView(sql, { by: who.id, request, why: 'refreshed', now })
  return done('desk.request.done.files')
}

/** What a reply is that he was asked about. */
async function sendAs(turn: Turn, id: string, choice: string | undefined): Promise<Answered> {
  const { sql, who, now } = turn
  const request = await requestOfReply(sql, id)
  const before = request === undefined ? undefined : await lockRequest(sql, request)
  const asked = before && (await lockReply(sql, id))
  if (!before || !asked || asked.state !== 'asked') return notDone('desk.request.reply.settled')
  if (asked.by !== who.id) return notDone('desk.handle.notYourWords')
  if (choice === 'note') {
    await keepAsNote(sql, asked, now)
    return done('desk.request.done.note')
  }
  const to = sendable.find((one) => one === choice)
  if (to === undefined) return {}
  const refusal = refusalOf(before, { to, by: who })
  if (refusal) return refusedInWords(turn, refusal)
  await settleReply(sql, id, 'pending', to)
  if (asked.files.length === 0) await sendReply(sql, { id, stored: [], now })
  return done('desk.request.done.send')
}

const sendable = ['answered', 'waiting', 'accepted', 'rejected', 'done', 'redirected', 'more'] as const
