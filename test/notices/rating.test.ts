import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { topicOf } from '../../src/desk/writing.ts'
import type { ChatId } from '../../src/engine/event.ts'
import { openReminding, type Reminding, type Someone } from './reminding.ts'

let r: Reminding
beforeAll(async () => {
  r = await openReminding()
})
afterAll(() => r.close())
beforeEach(async () => {
  for (const table of ['notice', 'wave', 'reminder_choice', 'outbox', 'hand_off', 'request'])
    await r.database.pool.query(`DELETE FROM ${table}`)
})

/** A talk that a consultant answered in and that ended then. */
async function talked(one: Someone, closedAt: string, answered = true): Promise<string> {
  const [id, topic] = [randomUUID(), await topicOf(r.sql, one.id, new Date(closedAt))]
  await r.database.pool.query(
    `INSERT INTO hand_off (id, resident_id, topic_id, chat, subject, state, asked_at, queued_at, resident_at, first_answer_at, closed_at, closed_by)
     VALUES ($1, $2, $3, $4, 'charges', 'closed', $5, $5, $5, $6, $5, 'consultant')`,
    [id, one.id, topic, one.chat, closedAt, answered ? closedAt : null],
  )
  return id
}

let numbers = 100
async function asked(one: Someone, answeredAt: string, state = 'answered'): Promise<string> {
  const id = randomUUID()
  await r.database.pool.query(
    `INSERT INTO request (id, number, kind, subject, state, resident_id, chat, created_at, sent_at, changed_at, answered_at)
     VALUES ($1, $2, 'question', 'charges', $3, $4, $5, $6, $6, $6, $6)`,
    [id, ++numbers, state, one.id, one.chat, answeredAt],
  )
  return id
}

/** The wave of a day, told; answers what was asked in a chat. */
async function told(day: `${number}-${number}-${number}`, chat: ChatId): Promise<string[]> {
  r.clock.set(`${day}T06:30:00Z`)
  await r.plan('rating', day)
  await r.tell()
  return (await r.said(chat)).filter((words) => /^(Как вам помог|Как мы ответили)/.test(words))
}

const labels = async (chat: ChatId) => (await r.last(chat))?.buttons.flat().map(({ label }) => label)
const handOff = async (id: string) =>
  (await r.database.pool.query('SELECT rating, rating_words, rating_declined_at FROM hand_off WHERE id = $1', [id]))
    .rows[0]
const request = async (id: string) =>
  (await r.database.pool.query('SELECT rating, rating_declined_at FROM request WHERE id = $1', [id])).rows[0]
const ends = '2026-11-19T10:00:00Z'

test('a talk that was not rated is asked of the next day, once; one press is the mark, and words may follow', async () => {
  const one = await r.resident([], true)
  const talk = await talked(one, ends)
  expect(await told('2026-11-20', one.chat)).toHaveLength(1)
  expect(await labels(one.chat)).toEqual([
    ...['1: плохо', '2: так себе', '3: нормально', '4: хорошо', '5: отлично'],
    ...['Не хочу оценивать', 'Напоминания', 'Меню'],
  ])
  await r.press(one.chat, '4: хорошо')
  expect(await handOff(talk)).toMatchObject({ rating: 4 })
  expect((await r.said(one.chat)).at(-1)).toContain('Спасибо за оценку!')
  await r.bare.engine.handle([r.bare.event(one.chat, { kind: 'text', text: 'Быстро', message: '1' })])
  expect(await handOff(talk)).toMatchObject({ rating: 4, rating_words: 'Быстро' })
  expect(await told('2026-11-21', one.chat)).toHaveLength(1)
  expect(await r.said(one.other)).toEqual([])
})

test('an answered request that was not rated is asked of the next day; one press is the mark', async () => {
  const one = await r.resident([])
  const id = await asked(one, ends)
  expect(await told('2026-11-20', one.chat)).toEqual([expect.stringContaining(`обращение № ${numbers}?`)])
  await r.press(one.chat, '5: отлично')
  expect(await request(id)).toMatchObject({ rating: 5 })
  expect((await r.said(one.chat)).at(-1)).toContain('Хотите добавить пару слов?')
})

test('whoever would rather not is believed, there and where he was asked first', async () => {
  const [one, two] = [await r.resident([]), await r.resident([])]
  const [talk, question] = [await talked(one, ends), await asked(two, ends)]
  for (const { chat } of [one, two]) {
    await told('2026-11-20', chat)
    await r.press(chat, 'Не хочу оценивать')
    expect((await r.said(chat)).at(-1)).toMatch(/^Хорошо, об этом \S+ больше не спросим/)
  }
  for (const said of [await handOff(talk), await request(question)])
    expect(said).toMatchObject({ rating: null, rating_declined_at: expect.any(Date) })
  await r.database.pool.query('DELETE FROM notice')
  await r.database.pool.query('DELETE FROM wave')
  const before = await told('2026-11-20', one.chat)
  expect(before).toHaveLength(1)
})

test.each([
  ['a mark', 'rating = 5'],
  ['a refusal', `rating_declined_at = '2026-11-20'`],
])('%s that comes between planning and telling leaves nothing to ask', async (_, said) => {
  const one = await r.resident([])
  const talk = await talked(one, ends)
  r.clock.set('2026-11-20T06:30:00Z')
  await r.plan('rating', '2026-11-20')
  await r.database.pool.query(`UPDATE hand_off SET ${said} WHERE id = $1`, [talk])
  await r.tell()
  expect(await r.said(one.chat)).toEqual([])
  expect(await r.notices('rating')).toMatchObject([{ state: 'dropped' }])
})

test.each([
  ['a talk that nobody answered', (one: Someone) => talked(one, ends, false)],
  ['a request that is another organisation’s', (one: Someone) => asked(one, ends, 'redirected')],
  ['a request that was opened again', (one: Someone) => asked(one, ends, 'new')],
  ['a talk of the day before', (one: Someone) => talked(one, '2026-11-18T10:00:00Z')],
  ['a talk of the same day', (one: Someone) => talked(one, '2026-11-20T05:00:00Z')],
])('is not asked of %s', async (_, happened) => {
  const one = await r.resident([])
  await happened(one)
  expect(await told('2026-11-20', one.chat)).toEqual([])
})

test('whoever stands before the marks still is asked in a message of its own, and what he types is for that', async () => {
  const one = await r.resident([])
  const talk = await talked(one, '2026-11-10T10:00:00Z')
  await r.database.pool.query(`UPDATE conversation SET state = jsonb_set(state, '{at}', $2) WHERE chat = $1`, [
    one.chat,
    JSON.stringify({
      dialog: 'consultant',
      version: 2,
      place: { at: 'rating', handOff: talk },
      accountId: 0,
      trail: [],
    }),
  ])
  const id = await asked(one, ends)
  await told('2026-11-20', one.chat)
  expect(await labels(one.chat)).toHaveLength(9)
  await r.bare.engine.handle([r.bare.event(one.chat, { kind: 'text', text: '3', message: '1' })])
  expect([await request(id), await handOff(talk)]).toMatchObject([{ rating: 3 }, { rating: null }])
})

test('of a talk and an answer of one day the later is asked of, in one message', async () => {
  const one = await r.resident([])
  await talked(one, ends)
  await asked(one, '2026-11-19T12:00:00Z')
  expect(await told('2026-11-20', one.chat)).toEqual([expect.stringContaining('Как мы ответили')])
})

test('is switched off with the rest', async () => {
  const one = await r.resident([])
  await talked(one, ends)
  await r.bare.engine.handle([r.bare.event(one.chat, { kind: 'text', text: 'настройки', message: '1' })])
  await r.press(one.chat, 'Напоминания')
  await r.press(one.chat, 'Оценка ответов: отключить')
  expect((await r.said(one.chat)).at(-1)).toContain('• Оценка ответов')
  expect(await told('2026-11-20', one.chat)).toEqual([])
})
