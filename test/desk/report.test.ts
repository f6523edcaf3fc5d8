import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskNumbers } from '../../src/desk/report/numbers.ts'
import { numbersText, todayNumbers } from '../../src/desk/report.ts'
import type { WorkingHours } from '../../src/domain/workingHours.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { testClock } from '../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { type Staff, staffOf } from './staff.ts'

const timeZone = 'Asia/Yekaterinburg'
const hours: WorkingHours = { timeZone, daily: { from: 480, to: 1200 }, days: new Map() }
const at = (moment: string) => new Date(`${moment}+05:00`)
let fresh: FreshDatabase
let staff: Staff

interface Past {
  subject?: string
  asked: string
  answered?: string
  closed?: string
  by?: string
  patient?: boolean
  rating?: number
  taker?: string
}

/** A hand-off as it is left behind. */
async function past({ subject = 'charges', asked, answered, closed, by = 'consultant', ...more }: Past) {
  const { sql } = staff
  const id = randomUUID()
  const state = closed ? 'closed' : answered ? 'taken' : 'waiting'
  await sql(
    'past',
    `INSERT INTO hand_off (id, topic_id, chat, subject, state, patient, asked_at, queued_at, resident_at, first_answer_at, closed_at, closed_by, rating)
     VALUES ($1, 1, 'vk:1', $2, $3, $4, $5, $5, $5, $6, $7, $8, $9)`,
    [
      ...[id, subject, state, more.patient ?? false, at(asked), answered ? at(answered) : null],
      ...[closed ? at(closed) : null, closed ? by : null, more.rating ?? null],
    ],
  )
  if (more.taker && answered)
    await sql(
      'pastTake',
      'INSERT INTO hand_off_take (hand_off_id, by, "from", until, ended) VALUES ($1, $2, $3, $4, $5)',
      [id, more.taker, at(answered), closed ? at(closed) : null, closed ? 'closed' : null],
    )
}

beforeAll(async () => {
  fresh = await freshDatabase()
  staff = staffOf(fresh.database, testClock('2026-11-28T07:00:00Z'))
  await staff.sql('topic', 'INSERT INTO desk_topic (id, created_at) VALUES (1, $1)', [at('2026-11-27T00:00:00')])
  await staff.consultant('11', { name: 'Анна' })
  await past({
    asked: '2026-11-27T23:30:00',
    answered: '2026-11-28T08:02:00',
    closed: '2026-11-28T08:30:00',
    rating: 5,
    taker: '11',
  })
  await past({ asked: '2026-11-28T00:00:00', subject: 'payment' })
  await past({
    asked: '2026-11-28T09:00:00',
    answered: '2026-11-28T09:04:00',
    closed: '2026-11-28T09:20:00',
    rating: 4,
    taker: '11',
  })
  await past({ asked: '2026-11-28T10:00:00', answered: '2026-11-28T10:21:00', taker: 'vk:5' })
  await past({ asked: '2026-11-28T10:30:00', closed: '2026-11-28T10:40:00', by: 'resident', subject: 'readings' })
  await past({
    asked: '2026-11-28T11:00:00',
    answered: '2026-11-28T15:00:00',
    patient: true,
    closed: '2026-11-29T00:00:00',
  })
})
afterAll(() => fresh.drop())

test('a day is the local one, from midnight to midnight, and a wait begins when they open', async () => {
  const days = await deskNumbers(staff.sql, { from: '2026-11-27', to: '2026-11-29', hours })
  expect(days.map(({ day, asked, closed }) => [day, asked, closed])).toEqual([
    ['2026-11-27', 1, 0],
    ['2026-11-28', 5, 3],
    ['2026-11-29', 0, 1],
  ])
  const [, day] = days
  expect(day).toMatchObject({ abandoned: 1, wait: { median: 4, worst: 21 }, rating: { average: 4.5, count: 2 } })
  expect(
    day?.subjects.map(({ subject, asked, closed, abandoned, open }) => [subject, asked, closed, abandoned, open]),
  ).toEqual([
    ['charges', 3, 2, 0, 1],
    ['payment', 1, 0, 0, 1],
    ['readings', 1, 1, 1, 0],
  ])
  expect(day?.consultants).toEqual([
    { id: '11', name: 'Анна', taken: 2, closed: 2, rating: { average: 4.5, count: 2 } },
    { id: 'vk:5', taken: 1, closed: 0 },
  ])
})

test('a day without anything has its zeros', async () => {
  const [day] = await deskNumbers(staff.sql, { from: '2026-11-01', to: '2026-11-01', hours })
  expect(day).toEqual({
    ...{ day: '2026-11-01', asked: 0, closed: 0, abandoned: 0, open: 0, subjects: [], consultants: [] },
    requests: { came: 0, finished: 0, overdue: 0 },
  })
})

test('are told in whole sentences, with those who wait now', async () => {
  const words = openWords(timeZone)
  const numbers = await todayNumbers(staff.sql, { now: at('2026-11-28T23:59:59'), hours })
  expect(words.plain('ru', numbersText(numbers))).toBe(
    [
      'Консультанты, 28 ноября 2026',
      '',
      'Обратились 5 жителей.',
      'Ждёт ответа: 1.',
      'В разговоре: 1.',
      'Первый ответ: обычно через 4 минуты, дольше всего ждали 21 минуту.',
      'Закрыто: 3.',
      'Ушли, не дождавшись ответа: 1.',
      'Оценка: 4,5 (поставили 2 жителя).',
      '',
      'По темам',
      'начисления: 3, закрыто 2',
      'оплата: 1, закрыто 0',
      'показания и счётчики: 1, закрыто 1',
      '',
      'По консультантам',
      'Анна: взято 2, закрыто 2, оценка 4,5',
      'администратор сообщества ВК: взято 1, закрыто 0',
    ].join('\n'),
  )
  const quiet = await todayNumbers(staff.sql, { now: at('2026-11-01T12:00:00'), hours })
  expect(words.plain('ru', numbersText(quiet))).toContain('Консультантам никто не писал.')
})
