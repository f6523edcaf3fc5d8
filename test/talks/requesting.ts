import { randomUUID } from 'node:crypto'
import { openFileStore } from '../../src/files/store.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { addNotice } from '../../src/notices/addNotice.ts'
import { pdfOf } from '../files/phoneFiles.ts'
import { both, said } from './said.ts'
import type { Talk } from './talk.ts'

export interface Kept {
  id: string
  number: number
  state: string
  subject: string
  account: string | null
  words: string[]
  files: number
  rating: number | null
  rating_words: string | null
}

/** What the resident has asked for, drafts too, in order. */
export async function requestsOf({ chat, town }: Talk): Promise<Kept[]> {
  const { rows } = await town.fresh.database.pool.query<Kept>(
    `SELECT r.id, r.number, r.state, r.subject, a.number AS account, r.rating, r.rating_words,
            array_remove(array_agg(l.body ->> 'text' ORDER BY l.id), '') AS words, coalesce(sum(jsonb_array_length(l.body -> 'files')), 0)::int AS files
     FROM request r JOIN conversation c ON c.resident_id = r.resident_id LEFT JOIN account a ON a.id = r.account_id
     LEFT JOIN request_line l ON l.request_id = r.id AND l.author = 'resident'
     WHERE c.chat = $1 GROUP BY r.id, a.number ORDER BY r.created_at`,
    [chat],
  )
  return rows
}

export async function requestOf(talk: Talk): Promise<Kept> {
  const [request] = await requestsOf(talk)
  if (!request) throw new Error('nothing was kept')
  return request
}

/** As staff do it: a line, what it brings the request to, and a notice of it. */
export async function answered(
  { town }: Talk,
  id: string,
  state: string | null,
  words: string,
  files: object[] = [],
): Promise<void> {
  const { pool } = town.fresh.database
  const now = town.clock.now()
  const { rows } = await pool.query(
    `INSERT INTO request_line (request_id, author, state, body, at) VALUES ($1, 'consultant', $2, $3, $4) RETURNING id`,
    [id, state, JSON.stringify({ text: words, files }), now],
  )
  const { rows: changed } = await pool.query(
    `UPDATE request SET state = coalesce($2::"RequestState", state), answered_at = CASE WHEN $2 = 'answered' THEN $3::timestamptz END WHERE id = $1 RETURNING resident_id, chat`,
    [id, state, now],
  )
  const line = String(rows[0].id)
  const { resident_id: residentId, chat } = changed[0]
  await addNotice(sqlOn(town.fresh.database), {
    id: `request:${line}`,
    residentId,
    chat,
    dialog: 'requests',
    about: line,
    dueAt: now,
  })
}

/** A file of a consultant's, as it is kept for the resident. */
export async function stored({ chat, town }: Talk, name: string): Promise<object> {
  const id = randomUUID()
  await openFileStore(town.fresh.database).add({
    id,
    kind: 'document',
    name,
    bytes: await pdfOf(name),
    chat,
    now: town.clock.now(),
  })
  return { id, kind: 'document', name }
}

/** What the bot says of its own accord. */
export const told = (talk: Talk, words: RegExp) =>
  talk.hand.reply(({ text }) => words.test(text.replaceAll('\u00a0', ' ')))

/** At the one screen that tells what was written. */
export async function written(talk: Talk, words = 'За что начислили вдвое больше?') {
  await talk.press('Обращения', said('requests.askTopic'))
  await talk.press('Начисления', both(said('requests.write'), said('requests.limits', { most: '10', megabytes: '10' })))
  return talk.say(words, said('requests.gathered', { amount: '1 сообщение' }))
}

export async function sent(talk: Talk, words?: string): Promise<Kept> {
  await written(talk, words)
  await talk.press('Отправить', said('requests.accepted', { date: '24 ноября' }))
  return requestOf(talk)
}
