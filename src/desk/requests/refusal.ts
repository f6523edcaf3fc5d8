import type { RequestState } from '../../domain/requests/states.ts'
import { type Text, text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { nameOf } from '../consultants.ts'
import { isText } from './naming.ts'

/**
 * Why nothing was done with a request: `gone`, there is none, or its resident has deleted his data; `taken`, somebody else (`by`) has it; `yours`, he has it
 * already; `state`, from where it stands it does not come to what was wanted.
 */
export type RequestRefusal = { number: number } & (
  | { why: 'gone' | 'yours' }
  | { why: 'taken'; by: string }
  | { why: 'state'; state: RequestState }
)

export async function refusalText(sql: Sql, refusal: RequestRefusal): Promise<Text> {
  const { number, why } = refusal
  if (why === 'taken') return text('desk.request.refused.taken', { number, name: await holderText(sql, refusal.by) })
  if (why === 'state') return text('desk.request.refused.state', { number, state: isText(refusal.state) })
  return text(`desk.request.refused.${why}`, { number })
}

/** What whoever has a request is called. */
export async function holderText(sql: Sql, by: string): Promise<Text> {
  const name = await nameOf(sql, by)
  return name === undefined ? text('desk.card.taker.unknown') : text('common.words', { words: name })
}
