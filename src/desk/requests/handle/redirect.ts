import { type Text, text } from '../../../engine/text.ts'
import { type Answered, done, type Turn } from '../../handle/turn.ts'
import { residentLanguage } from '../../residentLanguage.ts'
import { moveRequest } from '../move.ts'
import { findRequest } from '../request.ts'
import { refusedInWords } from './common.ts'

/** «Не наше»: the resident is told whom to call instead, in his language (domain rules, §8: the managing company, the supplier, the gas service). */
export async function redirect(turn: Turn, id: string, whom: string): Promise<Answered> {
  const { sql, who, now, words } = turn
  const request = await findRequest(sql, id)
  const said = whomToCall(turn, whom)
  if (!request || !said) return {}
  const told = words.plain(await residentLanguage(sql, request.chat), said)
  const came = await moveRequest(sql, {
    ...{ request: id, by: who, to: 'redirected', evenTaken: true, now },
    words: { text: told, files: [] },
  })
  if (came.kind === 'refused') return refusedInWords(turn, came.refusal)
  return done('desk.request.done.redirected', { number: request.number })
}

function whomToCall({ rules: { emergency } }: Turn, whom: string): Text | undefined {
  const { dispatchPhone, gasPhone } = emergency
  if (whom === 'gas') return text('desk.request.redirect.gas', { phone: gasPhone })
  if (whom === 'supplier') return text('desk.request.redirect.supplier')
  if (whom !== 'company') return undefined
  return dispatchPhone === undefined
    ? text('desk.request.redirect.company')
    : text('desk.request.redirect.dispatch', { phone: dispatchPhone })
}
