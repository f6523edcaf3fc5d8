import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { deskNumbers } from '../../src/desk/report/numbers.ts'
import { showRequest } from '../../src/desk/requests/showRequest.ts'
import { inTransaction } from '../../src/infra/database.ts'
import { hoursReader } from '../../src/queries/workingHours.ts'
import type { Waiting } from './staff.ts'
import { rules, type Ticking, tickingDesk } from './ticking.ts'

let desk: Ticking
beforeAll(async () => {
  desk = await tickingDesk()
})
afterAll(() => desk.fresh.drop())
beforeEach(() => desk.empty())

interface Due {
  dueOn: string
  by?: string
  state?: string
  promise?: { at: string; what: string }
}

/** A request of a resident who talks with nobody. */
async function asked({
  dueOn,
  by,
  state = by === undefined ? 'new' : 'assigned',
  promise,
}: Due): Promise<Waiting & { number: number }> {
  const he = await desk.staff.waiting()
  const { sql } = desk.staff
  await sql('over', `UPDATE hand_off SET state = 'closed', closed_at = asked_at WHERE id = $1`, [he.id])
  const promisedAt = promise ? new Date(`${promise.at}+05:00`) : null
  const [row] = await sql<{ number: number }>(
    'request',
    `INSERT INTO request (id, number, kind, subject, state, resident_id, chat, assigned_to, topic_id, created_at, sent_at, changed_at, due_on, promised_at, promise, nag_at)
     VALUES ($1, nextval('request_number'), 'question', 'charges', $2::"RequestState", $3, $4, $5, $6, $7, $7, $7, $8, $9, $10, $9) RETURNING number`,
    [
      he.id,
      state,
      he.residentId,
      he.chat,
      by ?? null,
      he.topicId,
      desk.clock.now(),
      dueOn,
      promisedAt,
      promise?.what ?? null,
    ],
  )
  return { ...he, number: row?.number ?? 0 }
}

const plain = (text: string | undefined): string => (text ?? '').replaceAll('\u00a0', ' ')
const generalOf = async (of?: string) => (await desk.general(of)).map(({ text }) => plain(text))

test('every morning the forum is told once what is overdue and what is due today, with links', async () => {
  desk.set('2026-11-30T07:00:00')
  await desk.staff.consultant('701', { name: 'Анна' })
  const overdue = await asked({ dueOn: '2026-11-27', by: '701' })
  const today = await asked({ dueOn: '2026-11-30' })
  await asked({ dueOn: '2026-12-04' })
  await asked({ dueOn: '2026-11-20', state: 'answered' })
  await desk.at('2026-11-30T07:59:00')
  expect(await generalOf()).toEqual([])
  await desk.at('2026-11-30T08:00:00')
  await desk.at('2026-11-30T08:01:00')
  await desk.at('2026-11-30T13:00:00')
  const board = (await generalOf()).filter((text) => text.startsWith('Обращения на сегодня'))
  expect(board).toHaveLength(1)
  expect(board[0]).toContain('Просрочено: 1. Ответить сегодня: 1.')
  expect(board[0]).toMatch(
    new RegExp(`№ ${overdue.number} · Начисления · ПРОСРОЧЕНО, срок был 27 ноября · Анна\nhttps://forum\\.example/`),
  )
  expect(board[0]).toMatch(new RegExp(`№ ${today.number} · Начисления · ответить сегодня · никто не взял`))
  expect(board[0]?.match(/№/g)).toHaveLength(2)
  expect(await generalOf('-1002')).toEqual([])
})

test('whoever has one that is due on the next working day is called to it, supervisors to nobody’s', async () => {
  desk.set('2026-11-27T07:00:00')
  await desk.staff.consultant('701', { name: 'Анна' })
  await desk.staff.consultant('700', { name: 'Главная', role: 'supervisor' })
  const hers = await asked({ dueOn: '2026-11-30', by: '701' })
  const nobodys = await asked({ dueOn: '2026-11-30' })
  await desk.at('2026-11-27T08:00:00')
  await desk.at('2026-11-27T08:01:00')
  const said = await desk.said(hers)
  expect(said).toHaveLength(1)
  expect(plain(said[0]?.text)).toContain(`№ ${hers.number} · Начисления · ответить до 30 ноября · Анна`)
  expect(said[0]?.mentions).toEqual(['701'])
  const [general] = (await desk.general()).filter(({ text }) => text.startsWith('Никто не взял'))
  expect(plain(general?.text)).toContain(`№ ${nobodys.number}`)
  expect(general?.mentions).toEqual(['700'])
})

test('nothing is said in the morning when nothing is due', async () => {
  desk.set('2026-11-30T07:00:00')
  await asked({ dueOn: '2026-12-30' })
  await desk.at('2026-11-30T08:00:00')
  expect(await generalOf()).toEqual([])
})

test('a promise comes back at its time and names whose it is, then again in the hours, at last with the supervisors', async () => {
  desk.set('2026-11-28T12:00:00')
  await desk.staff.consultant('701', { name: 'Анна' })
  await desk.staff.consultant('700', { name: 'Главная', role: 'supervisor' })
  const he = await asked({ dueOn: '2026-12-30', by: '701', promise: { at: '2026-11-28T21:00:00', what: 'перезвоню' } })
  await desk.at('2026-11-28T20:59:00')
  expect(await desk.said(he)).toEqual([])
  await desk.at('2026-11-28T21:00:00')
  await desk.at('2026-11-28T21:01:00')
  const [first] = await desk.said(he)
  expect(plain(first?.text)).toContain(`Анна, вы обещали к этому времени: «перезвоню». Обращение № ${he.number}`)
  expect(first?.mentions).toEqual(['701'])
  await desk.at('2026-11-28T23:30:00')
  expect(await desk.said(he)).toHaveLength(1)
  await desk.at('2026-11-29T08:00:00')
  await desk.at('2026-11-29T09:59:00')
  expect(await desk.said(he)).toHaveLength(2)
  await desk.at('2026-11-29T10:01:00')
  const third = (await desk.said(he)).at(-1)
  expect(third?.mentions).toEqual(['701', '700'])
  await desk.staff.sql('answered', `UPDATE request SET state = 'answered' WHERE id = $1`, [he.id])
  await desk.at('2026-11-29T19:00:00')
  expect(await desk.said(he)).toHaveLength(3)
})

test('of whoever is no consultant any more requests are nobody’s', async () => {
  desk.set('2026-11-28T12:00:00')
  await desk.staff.consultant('701', { name: 'Анна' })
  const he = await asked({ dueOn: '2026-12-30', by: '701' })
  await desk.tick()
  await desk.staff.sql('gone', 'UPDATE consultant SET removed_at = $2 WHERE id = $1', ['701', desk.clock.now()])
  await desk.tick()
  expect(
    await desk.staff.sql('state', 'SELECT state::text, assigned_to AS by FROM request WHERE id = $1', [he.id]),
  ).toEqual([{ state: 'new', by: null }])
})

test('a topic in which everything has been over for a day is closed', async () => {
  desk.set('2026-11-28T12:00:00')
  const [open, over] = [await asked({ dueOn: '2026-12-30' }), await asked({ dueOn: '2026-12-30', state: 'answered' })]
  await desk.at('2026-11-30T08:00:00')
  const kinds = async ({ topicId }: Waiting) => (await desk.staff.posts(topicId)).map(({ kind }) => kind)
  expect(await kinds(over)).toEqual(['close'])
  expect(await kinds(open)).toEqual([])
})

test('the numbers of a day tell how many requests came, were finished and are overdue', async () => {
  desk.set('2026-11-28T12:00:00')
  await asked({ dueOn: '2026-11-30' })
  const done = await asked({ dueOn: '2026-11-30', state: 'answered' })
  await desk.staff.sql('answeredAt', 'UPDATE request SET answered_at = $2 WHERE id = $1', [
    done.id,
    new Date('2026-12-01T05:00:00Z'),
  ])
  const hours = await hoursReader(desk.staff.sql, rules)(desk.clock.now())
  const days = await deskNumbers(desk.staff.sql, { from: '2026-11-28', to: '2026-12-01', hours })
  expect(days.map(({ requests: { came, finished, overdue } }) => [came, finished, overdue])).toEqual([
    [2, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 1, 1],
  ])
})

test('a request is shown once a forum is there, whenever it was sent', async () => {
  desk.set('2026-11-28T12:00:00')
  const he = await asked({ dueOn: '2026-12-30' })
  await desk.staff.sql('none', 'UPDATE request SET topic_id = NULL WHERE id = $1', [he.id])
  await inTransaction(desk.fresh.database, (sql) => showRequest(sql, he.id, 'sent', undefined, desk.clock.now()))
  expect((await desk.staff.posts(he.topicId)).map(({ kind }) => kind)).toEqual([
    'reopen',
    'request',
    'request',
    'title',
  ])
})
