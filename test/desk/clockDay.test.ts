import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { consultantSpoke } from '../../src/desk/transitions/spoke.ts'
import { rules, type Ticking, tickingDesk } from './ticking.ts'

let desk: Ticking
beforeAll(async () => {
  desk = await tickingDesk()
})
afterAll(() => desk.fresh.drop())
beforeEach(() => desk.empty())

const waiting = async (moment: string, more: { patient?: boolean } = {}) => {
  desk.set(moment)
  const he = await desk.staff.waiting()
  if (more.patient) await desk.staff.sql('patient', 'UPDATE hand_off SET patient = true WHERE id = $1', [he.id])
  return he
}
const state = async (he: { id: string }) => {
  const { state, morning, takenBy, offeredTo } = await desk.staff.handOff(he.id)
  return { state, morning, takenBy, offeredTo }
}
const answered = async (he: { id: string }) =>
  desk.staff.inOne((sql) => consultantSpoke(sql, { handOff: he, now: desk.clock.now(), rules }))

describe('at 20:00', () => {
  test('those who wait become call-backs of the morning and are told once, in order; a second before they are not', async () => {
    const first = await waiting('2026-11-28T19:50:00')
    const second = await waiting('2026-11-28T19:51:00')
    await desk.at('2026-11-28T19:59:58')
    expect(await state(first)).toMatchObject({ morning: false })
    await desk.at('2026-11-28T20:00:00')
    await desk.tick()
    await desk.at('2026-11-28T23:59:59')
    await desk.at('2026-11-29T00:00:00')
    await desk.at('2026-11-29T07:59:58')
    for (const he of [first, second]) {
      expect(await state(he)).toMatchObject({ state: 'waiting', morning: true })
      expect((await desk.told(he)).filter((kind) => kind === 'morning')).toEqual(['morning'])
      expect((await desk.staff.posts(he.topicId)).map(({ kind }) => kind)).toEqual(['title'])
    }
    const lines = await desk.staff.sql<{ hand_off_id: string }>(
      'morningLines',
      `SELECT hand_off_id FROM desk_line WHERE body->>'kind' = 'morning' ORDER BY id`,
      [],
    )
    expect(lines.map((line) => line.hand_off_id)).toEqual([first.id, second.id])
  })

  test('whoever does not wait in the chat is promised nothing', async () => {
    const he = await waiting('2026-11-28T19:50:00', { patient: true })
    await desk.at('2026-11-28T20:00:00')
    expect(await state(he)).toMatchObject({ state: 'waiting', morning: false })
    expect(await desk.told(he)).toEqual([])
  })

  test('one that comes back into the queue after that becomes a call-back, too', async () => {
    const he = await waiting('2026-11-28T19:50:00')
    await desk.staff.consultant('1')
    await desk.take(he, '1')
    await desk.at('2026-11-28T20:00:01')
    expect(await state(he)).toMatchObject({ state: 'taken' })
    await desk.staff.sql('removed', 'UPDATE consultant SET removed_at = $1', [desk.clock.now()])
    await desk.tick()
    await desk.tick()
    expect(await state(he)).toMatchObject({ state: 'waiting', morning: true })
    expect(await desk.told(he)).toEqual(['taken', 'queued', 'morning'])
  })

  test('a talk may go on for half an hour, then it is a request kept for whoever had it', async () => {
    const he = await waiting('2026-11-28T19:40:00')
    await desk.staff.consultant('1', { name: 'Анна' })
    desk.set('2026-11-28T19:58:00')
    await desk.take(he, '1')
    desk.set('2026-11-28T20:28:00')
    await answered(he)
    await desk.at('2026-11-28T20:29:58')
    expect(await state(he)).toMatchObject({ state: 'taken', takenBy: '1' })
    await desk.at('2026-11-28T20:30:00')
    await desk.tick()
    expect(await state(he)).toEqual({ state: 'waiting', morning: true, takenBy: null, offeredTo: '1' })
    expect(await desk.told(he)).toEqual(['taken', 'morning'])
    expect(await desk.staff.takes(he.id)).toEqual([{ by: '1', ended: 'queue' }])
    expect((await desk.said(he)).map(({ text }) => text)).toEqual([
      'Рабочее время закончилось. Разговор № 1 не закончен: утром на него отвечают первым делом.',
    ])
    await desk.at('2026-11-29T08:00:00')
    expect((await desk.said(he)).at(-1)).toMatchObject({ mentions: ['1'] })
  })

  test('a talk that somebody begins at night is not cut short', async () => {
    const he = await waiting('2026-11-28T19:40:00')
    await desk.staff.consultant('1')
    await desk.at('2026-11-28T21:00:00')
    await desk.take(he, '1')
    await answered(he)
    await desk.at('2026-11-28T21:15:00')
    expect(await state(he)).toMatchObject({ state: 'taken', morning: false })
  })

  test('a pause of the day is no evening', async () => {
    const he = await waiting('2026-11-30T11:50:00')
    await desk.staff.consultant('1')
    await desk.at('2026-11-30T12:00:00')
    await desk.at('2026-11-30T12:59:58')
    expect(await state(he)).toMatchObject({ morning: false })
    await desk.at('2026-11-30T13:00:00')
    expect(await state(he)).toMatchObject({ morning: false })
    expect((await desk.general()).map(({ text }) => text)).toEqual([expect.stringContaining('Ответа ждёт 1 житель')])
    const [shift] = await desk.staff.sql<{ on: boolean }>(
      'shift',
      'SELECT shift_since IS NOT NULL AS on FROM consultant',
      [],
    )
    expect(shift?.on).toBe(true)
  })
})

describe('at 8:00', () => {
  test('each forum is told once who waits, in order; shifts of yesterday are over', async () => {
    desk.set('2026-11-28T08:00:00')
    await desk.staff.consultant('1')
    for (let nth = 0; nth < 25; nth++) await waiting(`2026-11-28T20:${10 + nth}:00`)
    await waiting('2026-11-28T18:00:00', { patient: true })
    await desk.at('2026-11-29T07:59:58')
    const before = await desk.general()
    await desk.at('2026-11-29T08:00:00')
    await desk.tick()
    await desk.at('2026-11-29T08:00:30')
    const said = (await desk.general()).slice(before.length)
    expect(said).toHaveLength(1)
    const lines = said[0]?.text.split('\n') ?? []
    expect(lines[2]).toBe('Ответа ждут 26 жителей, по порядку:')
    expect(lines[3]).toBe('№ 1: начисления, 28 ноября 2026, 20:10')
    expect(lines[4]).toBe('№ 2: начисления, 28 ноября 2026, 20:11')
    expect(lines.at(-1)).toBe('и ещё 6 жителей')
    expect(await desk.general('-1002')).toHaveLength(1)
    const [shift] = await desk.staff.sql<{ on: boolean }>(
      'shift',
      'SELECT shift_since IS NOT NULL AS on FROM consultant',
      [],
    )
    expect(shift?.on).toBe(false)
  })

  test('nothing is said when nobody waits, nor on a day when nobody works', async () => {
    await desk.at('2026-11-29T08:00:00')
    expect(await desk.general()).toEqual([])
    const he = await waiting('2026-12-31T14:55:00')
    await desk.at('2026-12-31T15:00:00')
    expect(await state(he)).toMatchObject({ morning: true })
    await desk.at('2026-12-31T15:05:00')
    expect(await desk.general()).toHaveLength(1)
    for (const moment of ['2026-12-31T23:59:59', '2027-01-01T00:00:00', '2027-01-01T08:00:00', '2027-01-02T20:05:00'])
      await desk.at(moment)
    expect(await desk.general()).toHaveLength(1)
    expect((await desk.told(he)).filter((kind) => kind === 'morning')).toHaveLength(1)
    await desk.at('2027-01-03T08:00:00')
    expect((await desk.general()).slice(1).map(({ text }) => text)).toEqual([expect.stringContaining('№ 1')])
  })

  test('hours that are changed after the opening do not open again', async () => {
    await waiting('2026-11-28T21:00:00')
    await desk.at('2026-11-29T08:00:00')
    const said = (await desk.general()).length
    await desk.staff.sql('hours', `INSERT INTO desk_day (date, spans) VALUES ('2026-11-29', '07:00-21:00')`, [])
    await desk.at('2026-11-29T12:00:00')
    expect((await desk.general()).filter(({ text }) => text.includes('Начало работы'))).toHaveLength(1)
    expect(said).toBeGreaterThan(0)
  })

  test('an opening that is moved to a later hour after it was announced is not announced again, one after a pause is', async () => {
    await waiting('2026-11-28T21:00:00')
    await desk.at('2026-11-29T08:00:00')
    const openings = async () => (await desk.general()).filter(({ text }) => text.includes('Начало работы')).length
    expect(await openings()).toBe(1)
    await desk.staff.sql(
      'laterHours',
      `INSERT INTO desk_day (date, spans) VALUES ('2026-11-29', '10:00-12:00,13:00-20:00')`,
      [],
    )
    await desk.at('2026-11-29T08:30:00')
    await desk.at('2026-11-29T10:00:00')
    expect(await openings()).toBe(1)
    await desk.at('2026-11-29T13:00:00')
    expect(await openings()).toBe(2)
  })
})

describe('at 20:05', () => {
  test('supervisors are told the numbers of the day with their picture, once', async () => {
    const he = await waiting('2026-11-28T12:00:00')
    await desk.staff.consultant('1', { name: 'Анна' })
    await desk.take(he, '1')
    desk.set('2026-11-28T12:04:00')
    await answered(he)
    await desk.at('2026-11-28T20:04:58')
    expect(await desk.general()).toEqual([])
    await desk.at('2026-11-28T20:05:00')
    await desk.tick()
    expect(await desk.general()).toEqual([
      { text: expect.stringMatching(/^Консультанты, 28 ноября 2026\n\nОбратился 1 житель\./), picture: 'a-picture' },
    ])
    expect(await desk.general('-1002')).toEqual([])
    expect(desk.drawn).toHaveLength(1)
  })

  test('goes without the picture when it cannot be drawn', async () => {
    await waiting('2026-11-28T12:00:00')
    desk.pictureFails = true
    await desk.at('2026-11-28T20:05:00')
    expect((await desk.general()).at(-1)).toEqual({ text: expect.stringContaining('Обратился 1 житель') })
    expect(desk.warned).toHaveLength(1)
  })

  test('of hours that never end comes after midnight, and nobody is told of an opening', async () => {
    for (let day = 10; day <= 29; day++)
      await desk.staff.sql('always', 'INSERT INTO desk_day (date, spans) VALUES ($1, $2)', [
        `2026-11-${day}`,
        '00:00-24:00',
      ])
    await waiting('2026-11-28T23:50:00')
    await desk.at('2026-11-29T00:00:00')
    expect((await desk.general()).map(({ text }) => text).filter((text) => text.includes('Начало'))).toEqual([])
    await desk.at('2026-11-29T00:05:00')
    expect((await desk.general()).filter(({ text }) => text.includes('Консультанты, 28 ноября 2026'))).toHaveLength(1)
  })
})

test('a process that was away over 20:00 and 8:00 makes up for it once, in order', async () => {
  const inChat = await waiting('2026-11-28T19:50:00')
  const inTalk = await waiting('2026-11-28T19:30:00')
  await desk.staff.consultant('1', { name: 'Анна' })
  await desk.take(inTalk, '1')
  await answered(inTalk)
  await desk.at('2026-11-29T08:30:00')
  await desk.tick()
  await desk.at('2026-11-29T08:31:00')
  expect(await state(inChat)).toMatchObject({ state: 'waiting', morning: true })
  expect(await state(inTalk)).toEqual({ state: 'waiting', morning: true, takenBy: null, offeredTo: '1' })
  // It is not said at half past eight that somebody will be there at eight.
  expect(await desk.told(inChat)).toEqual([])
  expect(await desk.told(inTalk)).toEqual(['taken', 'queued'])
  expect((await desk.general()).map(({ text }) => text.split('\n')[0])).toEqual([
    'Консультанты, 28 ноября 2026',
    'Начало работы',
    'На смене никого нет, а ответа ждут: 2',
  ])
})

test('two processes that tick at once say nothing twice', async () => {
  const people = await Promise.all([1, 2, 3].map(() => waiting('2026-11-28T19:50:00')))
  desk.set('2026-11-28T20:05:00')
  await Promise.all([desk.tick(), desk.tick(), desk.tick()])
  desk.set('2026-11-29T08:00:00')
  await Promise.all([desk.tick(), desk.tick(), desk.tick()])
  expect((await desk.general()).map(({ text }) => text.split('\n')[0])).toEqual([
    'Консультанты, 28 ноября 2026',
    'Начало работы',
  ])
  for (const he of people) expect(await desk.told(he)).toEqual(['morning'])
})

test('a tick that finds nothing to do wakes nobody', async () => {
  await waiting('2026-11-28T19:50:00')
  await desk.at('2026-11-28T20:05:00')
  const { woken } = desk
  await desk.at('2026-11-28T20:06:00')
  expect(desk.woken).toBe(woken)
})
