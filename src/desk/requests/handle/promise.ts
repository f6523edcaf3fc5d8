import { promiseOffers as offers, parsePromise } from '../../../domain/requests/promise.ts'
import { isOver } from '../../../domain/requests/states.ts'
import { text } from '../../../engine/text.ts'
import type { Sql } from '../../../infra/database.ts'
import type { Spoken } from '../../handle/speak.ts'
import { type Answered, done, notDone, plainly, reply, type Turn } from '../../handle/turn.ts'
import { residentLanguage } from '../../residentLanguage.ts'
import { addRequestLine, tellOfLine } from '../move.ts'
import { isText } from '../naming.ts'
import { type DeskRequest, lockRequest } from '../request.ts'
import { showRequest } from '../showRequest.ts'
import { mayWork, refusedInWords, say, takeNobodys } from './common.ts'

/** «Обещать…»: asks what and when; some times are offered. */
export async function askPromise(turn: Turn, id: string, choice: string | undefined): Promise<Answered> {
  const request = await lockRequest(turn.sql, id)
  const refusal = request && mayWork(request, turn)
  if (!request) return notDone('desk.request.refused.gone')
  if (refusal) return refusedInWords(turn, refusal)
  await takeNobodys(turn, request)
  if (choice !== undefined) {
    const offered = choice in offers ? offers[choice] : undefined
    const promise = offered && parsePromise(offered, turn.now, turn.rules.timeZone)
    if (!promise) return {}
    await promiseFor(turn, request, promise.at, '')
    return {}
  }
  const buttons = Object.keys(offers).map((offer) => ({
    label: plainly(turn, text(`desk.request.button.offer.${offer}`)),
    token: `rqpromise:${id}:${offer}`,
  }))
  await say(turn, request, text('desk.request.prompt.promise', { number: request.number }), {
    buttons: [buttons],
    wants: 'promise',
  })
  return {}
}

/** A promise as it was typed: «перезвоню завтра в 10». */
export async function promised(turn: Turn, request: DeskRequest, spoken: Spoken): Promise<void> {
  const { now, rules } = turn
  const said = spoken.words.text.text
  const promise = parsePromise(said, now, rules.timeZone)
  if (!promise)
    return reply(turn, text('desk.request.promises.badTime'), { about: { request: request.id, wants: 'promise' } })
  if (isOver(request.state)) {
    const state = isText(request.state)
    return reply(turn, text('desk.request.refused.state', { number: request.number, state }), {
      about: { request: request.id },
    })
  }
  await takeNobodys(turn, request)
  await promiseFor(turn, request, promise.at, promise.what)
}

async function promiseFor(turn: Turn, { id, number }: DeskRequest, at: Date, what: string): Promise<void> {
  const { sql, who, now } = turn
  const promise = what === '' ? plainly(turn, text('desk.request.promises.usual')) : what
  await sql(
    'staffRequest.promise',
    `UPDATE request SET promised_at = $2, promise = $3, nag_at = $2, nags = 0, changed_at = $4 WHERE id = $1::uuid`,
    [id, at, promise, now],
  )
  await note(turn, id, plainly(turn, text('desk.request.promises.note', { promise, at: at.toISOString() })))
  await showRequest(sql, id, 'changed', undefined, now)
  const button = (act: string) => ({
    label: plainly(turn, text(`desk.request.button.${act}`)),
    token: `rq${act}:${id}`,
  })
  await reply(turn, text('desk.request.promises.made', { number, promise, at: at.toISOString(), name: who.name }), {
    buttons: [[button('tell'), button('kept')]],
    about: { request: id },
  })
}

/** The resident learns what was promised, in his language. */
export async function tellPromise(turn: Turn, id: string): Promise<Answered> {
  const { sql, who, now, words } = turn
  const request = await lockRequest(sql, id)
  if (!request || request.residentId === null || request.promisedAt === null)
    return notDone('desk.request.promises.none')
  const refusal = mayWork(request, turn)
  if (refusal) return refusedInWords(turn, refusal)
  const values = { promise: request.promise ?? '', at: request.promisedAt.toISOString() }
  const told = words.plain(await residentLanguage(sql, request.chat), text('desk.request.promises.told', values))
  if (await isTold(sql, id, told)) return notDone('desk.request.promises.alreadyTold')
  const line = await addRequestLine(sql, {
    request: id,
    author: 'consultant',
    by: who.id,
    body: { text: told, files: [] },
    now,
  })
  await showRequest(sql, id, 'changed', undefined, now)
  await tellOfLine(sql, request, line, now)
  return done('desk.request.promises.tells')
}

async function isTold(sql: Sql, request: string, said: string): Promise<boolean> {
  const before = await sql(
    'staffRequest.promiseTold',
    `SELECT 1 FROM request_line WHERE request_id = $1::uuid AND author = 'consultant' AND body ->> 'text' = $2 LIMIT 1`,
    [request, said],
  )
  return before.length > 0
}

/** «Сделано»: it comes back no more. */
export async function keptPromise(turn: Turn, id: string): Promise<Answered> {
  const { sql, now, who } = turn
  const request = await lockRequest(sql, id)
  if (!request?.promisedAt) return notDone('desk.request.promises.none')
  const isOthers = request.assignedTo !== null && request.assignedTo !== who.id && who.role !== 'supervisor'
  if (isOthers && request.assignedTo !== null)
    return refusedInWords(turn, { why: 'taken', by: request.assignedTo, number: request.number })
  await sql(
    'staffRequest.kept',
    'UPDATE request SET promised_at = NULL, promise = NULL, nag_at = NULL, nags = 0, changed_at = $2 WHERE id = $1::uuid',
    [id, now],
  )
  await note(turn, id, plainly(turn, text('desk.request.promises.keptNote', { promise: request.promise ?? '' })))
  await showRequest(sql, id, 'changed', undefined, now)
  return done('desk.request.promises.kept')
}

async function note({ sql, who, now }: Turn, request: string, said: string): Promise<void> {
  await addRequestLine(sql, { request, author: 'note', by: who.id, body: { text: said, files: [] }, now })
}
