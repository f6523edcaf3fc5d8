import { afterAll, beforeAll, expect, test } from 'vitest'
import { isOpenAt } from '../../src/domain/workingHours.ts'
import { readConfig } from '../../src/infra/config.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { deskPace } from '../../src/queries/deskPace.ts'
import { hoursReader } from '../../src/queries/workingHours.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

const { rules } = readConfig({ CONSULTANTS_DAYS: '2026-11-28=09:00-10:00;2026-11-29=' })
const at = (moment: string) => new Date(`${moment}+05:00`)
const set = (date: string, spans: string) =>
  fresh.database.pool.query(
    'INSERT INTO desk_day (date, spans) VALUES ($1, $2) ON CONFLICT (date) DO UPDATE SET spans = excluded.spans',
    [date, spans],
  )

test('a day set by hand comes before that of the configuration, and this before the hours of every day', async () => {
  await set('2026-11-28', '14:00-15:00')
  const read = hoursReader(sqlOn(fresh.database), rules)
  const hours = await read(at('2026-11-28T08:00:00'))
  const moments = ['2026-11-28T09:30:00', '2026-11-28T14:30:00', '2026-11-29T12:00:00', '2026-11-30T12:00:00']
  expect(moments.map((moment) => isOpenAt(hours, at(moment)))).toEqual([false, true, false, true])
})

test('hours are read anew after some seconds, also when the clock is set back', async () => {
  const read = hoursReader(sqlOn(fresh.database), rules)
  const noon = at('2026-12-01T12:00:00')
  expect(isOpenAt(await read(noon), noon)).toBe(true)
  await set('2026-12-01', '')
  expect(isOpenAt(await read(new Date(noon.getTime() + 4_999)), noon)).toBe(true)
  expect(isOpenAt(await read(new Date(noon.getTime() + 5_000)), noon)).toBe(false)
  await set('2026-12-01', '11:00-13:00')
  expect(isOpenAt(await read(new Date(noon.getTime() - 1)), noon)).toBe(true)
})

test('the pace is that of the talks of the local day and of those on shift', async () => {
  const sql = sqlOn(fresh.database)
  const now = at('2026-11-28T12:00:00')
  expect(await deskPace(sql, now, rules)).toEqual({ minutesPerTalk: rules.desk.talkMinutes, consultants: 0 })
  await fresh.database.pool.query(
    `INSERT INTO consultant (id, name, role, shift_since, added_at, removed_at) VALUES
       ('1', 'Анна', 'consultant', $1, $1, NULL), ('2', 'Пётр', 'consultant', NULL, $1, NULL), ('3', 'Олег', 'consultant', $1, $1, $1)`,
    [now],
  )
  await fresh.database.pool.query(`INSERT INTO desk_topic (id, created_at) VALUES (1, $1)`, [now])
  const { rows } = await fresh.database.pool.query<{ id: string }>(
    `INSERT INTO hand_off (id, topic_id, chat, subject, state, asked_at, queued_at, resident_at)
     VALUES (gen_random_uuid(), 1, 'vk:1', 'other', 'closed', $1, $1, $1) RETURNING id`,
    [now],
  )
  for (const [from, until, ended] of [
    ['2026-11-27T23:59:00', '2026-11-28T03:00:00', 'closed'],
    ['2026-11-28T00:00:00', '2026-11-28T00:04:00', 'closed'],
    ['2026-11-28T09:00:00', '2026-11-28T09:04:00', 'passed'],
    ['2026-11-28T10:00:00', '2026-11-28T10:04:00', 'closed'],
    ['2026-11-28T11:00:00', '2026-11-28T11:50:00', 'silent'],
    ['2026-11-28T11:55:00', null, null],
  ] as const)
    await fresh.database.pool.query(
      'INSERT INTO hand_off_take (hand_off_id, by, "from", until, ended) VALUES ($1, $2, $3, $4, $5)',
      [rows[0]?.id, '1', at(from), until && at(until), ended],
    )
  expect(await deskPace(sql, now, rules)).toEqual({ minutesPerTalk: 4, consultants: 1 })
})
