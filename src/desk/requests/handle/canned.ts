import { type CannedField, fillCanned } from '../../../domain/cannedReply.ts'
import { text } from '../../../engine/text.ts'
import { commonFields, findCanned } from '../../handle/canned.ts'
import { type Answered, notDone, plainly, reply, type Turn } from '../../handle/turn.ts'
import type { AboutRequest } from '../../records.ts'
import { requestPayer } from '../payer.ts'
import { findRequest } from '../request.ts'
import { replyToRequest } from './reply.ts'

/** `/q name more words` as a reply to a request: the canned reply, filled with what the request is, is said in answer to it. */
export async function answerCanned(turn: Turn, about: AboutRequest, rest: string): Promise<Answered> {
  const { sql, event, rules } = turn
  const [, name = '', more = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest.trim()) ?? []
  const canned = await findCanned(sql, name)
  const request = await findRequest(sql, about.request)
  if (event.input.kind !== 'text' || !request) return notDone('desk.handle.notHere')
  if (canned === undefined) return notDone('desk.handle.canned.unknown', { name })
  const payer = await requestPayer(sql, request, rules)
  const fields: Partial<Record<CannedField, string>> = {
    ...(await commonFields(turn)),
    ...(payer !== undefined && { name: payer }),
    number: String(request.number),
    ...(request.dueOn !== null && { due: plainly(turn, text('desk.request.cannedDue', { due: request.dueOn })) }),
  }
  const filled = fillCanned(canned, fields)
  const whole = more === '' ? filled : `${filled}\n\n${more}`
  const { message, repliesTo } = event.input
  await reply(turn, text('desk.request.cannedSaid', { said: whole }), { about: { request: request.id } })
  await replyToRequest(turn, about, {
    words: { kind: 'words', text: { text: whole, spans: [] }, files: [] },
    message,
    repliesTo,
  })
  return {}
}
