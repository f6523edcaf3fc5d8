import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openHandOff } from '../../src/desk/opening.ts'
import type { Waiting } from './staff.ts'
import { rules, type Ticking, tickingDesk, words } from './ticking.ts'

let desk: Ticking
beforeAll(async () => {
  desk = await tickingDesk()
})
afterAll(() => desk.fresh.drop())
beforeEach(() => desk.empty())

async function waiting(moment: string): Promise<Waiting> {
  desk.set(moment)
  return desk.staff.waiting()
}
const places = async (one: Waiting) => (await desk.told(one)).filter((kind) => kind === 'place').length
/** As the forwarder leaves them. */
const delivered = () => desk.staff.sql('delivered', `UPDATE desk_line SET state = 'shown' WHERE state = 'pending'`, [])
const shown = async (one: Waiting) => {
  const [row] = await desk.staff.sql(
    'shown',
    'SELECT shown_place AS place, shown_minutes AS minutes FROM hand_off WHERE id = $1',
    [one.id],
  )
  return row
}

describe('a place in the queue', () => {
  test('is shown anew when it has changed, a minute after it was last shown and no sooner', async () => {
    const first = await waiting('2026-11-28T12:00:00')
    const second = await waiting('2026-11-28T12:00:01')
    await desk.staff.consultant('1')
    await desk.at('2026-11-28T12:00:30')
    expect(await places(second)).toBe(0)
    await desk.at('2026-11-28T12:01:02')
    expect(await shown(second)).toEqual({ place: 2, minutes: 15 })
    await delivered()
    await desk.take(first, '1')
    await desk.at('2026-11-28T12:02:00')
    expect(await places(second)).toBe(1)
    await desk.at('2026-11-28T12:02:03')
    expect(await places(second)).toBe(2)
    expect(await shown(second)).toEqual({ place: 1, minutes: 7 })
    await delivered()
    await desk.at('2026-11-28T12:05:00')
    expect(await places(second)).toBe(2)
  })

  test('is not shown anew a minute after somebody has come, for he has been shown it', async () => {
    await desk.staff.consultant('1')
    const one = await waiting('2026-11-28T12:00:00')
    await desk.staff.sql('notYet', 'DELETE FROM hand_off WHERE id = $1', [one.id])
    const asked = { ...one, chat: 'vk:1', subject: 'other', morning: false, steps: [], now: desk.clock.now() } as const
    await desk.staff.inOne((sql) => openHandOff(sql, asked, { rules, words }))
    await desk.at('2026-11-28T12:01:02')
    await desk.at('2026-11-28T12:03:00')
    expect(await places(one)).toBe(0)
    await desk.staff.consultant('2')
    await desk.at('2026-11-28T12:03:01')
    expect(await places(one)).toBe(1)
  })

  test('is shown anew when only the minutes have changed', async () => {
    const one = await waiting('2026-11-28T12:00:00')
    await desk.staff.consultant('1')
    await desk.at('2026-11-28T12:01:01')
    await delivered()
    await desk.staff.consultant('2')
    await desk.at('2026-11-28T12:02:02')
    expect(await shown(one)).toEqual({ place: 1, minutes: 4 })
    expect(await places(one)).toBe(2)
  })

  test('waits while the former one is still on its way', async () => {
    const one = await waiting('2026-11-28T12:00:00')
    await desk.staff.consultant('1')
    await desk.at('2026-11-28T12:01:01')
    await desk.staff.consultant('2')
    await desk.at('2026-11-28T12:03:00')
    expect(await places(one)).toBe(1)
  })

  test('is nothing for those who do not wait in the chat, and those who are called back come before', async () => {
    const patient = await waiting('2026-11-28T08:00:00')
    const called = await waiting('2026-11-28T08:00:01')
    const one = await waiting('2026-11-28T08:00:02')
    await desk.staff.sql('patient', 'UPDATE hand_off SET patient = true WHERE id = $1', [patient.id])
    await desk.staff.sql('morning', 'UPDATE hand_off SET morning = true WHERE id = $1', [called.id])
    await desk.at('2026-11-28T08:02:00')
    expect([await places(patient), await places(called), await places(one)]).toEqual([0, 0, 1])
    expect(await shown(one)).toMatchObject({ place: 2 })
  })

  test('is told once more ten minutes before the closing: whether it comes today', async () => {
    const one = await waiting('2026-11-28T19:40:00')
    await desk.staff.consultant('1')
    await desk.at('2026-11-28T19:41:01')
    await delivered()
    await desk.at('2026-11-28T19:49:58')
    expect(await places(one)).toBe(1)
    await desk.at('2026-11-28T19:50:00')
    await delivered()
    await desk.at('2026-11-28T19:52:00')
    expect(await places(one)).toBe(2)
  })

  test('of two hundred is told in their order by one tick, and once by two at once', async () => {
    const all: Waiting[] = []
    for (let nth = 0; nth < 200; nth++) all.push(await waiting('2026-11-28T12:00:00'))
    desk.set('2026-11-28T12:03:00')
    await Promise.all([desk.tick(), desk.tick()])
    const lines = await desk.staff.sql<{ hand_off_id: string }>(
      'placeLines',
      `SELECT hand_off_id FROM desk_line WHERE body->>'kind' = 'place'`,
      [],
    )
    expect(new Set(lines.map((line) => line.hand_off_id)).size).toBe(200)
    expect(lines).toHaveLength(200)
    expect(all).toHaveLength(200)
  })
})

describe('supervisors', () => {
  const boss = () => desk.staff.consultant('9', { role: 'supervisor', onShift: false })

  test('are told once of a resident whom nobody has taken in a quarter of an hour', async () => {
    await boss()
    await desk.staff.consultant('1')
    await waiting('2026-11-28T12:00:00')
    await desk.at('2026-11-28T12:14:58')
    expect(await desk.general()).toEqual([])
    await desk.at('2026-11-28T12:15:00')
    await desk.tick()
    await desk.at('2026-11-28T12:40:00')
    expect(await desk.general()).toEqual([
      { text: 'Чатов, которые никто не взял: 1\n\n№ 1: ждёт 15 минут', mentions: ['9'] },
    ])
    expect(await desk.general('-1002')).toEqual([])
  })

  test('are told of many in one message, and not again for a quarter of an hour', async () => {
    await boss()
    await desk.staff.consultant('1')
    for (const minute of ['00', '01', '05', '08']) await waiting(`2026-11-28T12:${minute}:00`)
    for (const minute of ['16', '20', '25', '30']) await desk.at(`2026-11-28T12:${minute}:00`)
    expect((await desk.general()).map(({ text }) => text.split('\n')[0])).toEqual(['Чатов, которые никто не взял: 2'])
    await desk.at('2026-11-28T12:31:02')
    expect((await desk.general()).map(({ text }) => text)).toEqual([
      expect.any(String),
      'Чатов, которые никто не взял: 2\n\n№ 3: ждёт 26 минут\n№ 4: ждёт 23 минуты',
    ])
  })

  test('are told soon when nobody is on shift, or only those whom it came back from', async () => {
    await boss()
    await waiting('2026-11-28T12:00:00')
    await desk.at('2026-11-28T12:00:58')
    expect(await desk.general()).toEqual([])
    await desk.at('2026-11-28T12:01:00')
    expect(await desk.general()).toEqual([
      { text: 'На смене никого нет, а ответа ждут: 1\n\n№ 1: ждёт 1 минуту', mentions: ['9'] },
    ])
    await desk.staff.consultant('1')
    const refused = await waiting('2026-11-28T13:00:00')
    await desk.staff.sql('refused', `UPDATE hand_off SET refused_by = '{1}' WHERE id = $1`, [refused.id])
    await desk.at('2026-11-28T13:02:00')
    expect((await desk.general()).at(-1)).toMatchObject({
      text: 'Чатов, которые никто не взял: 1\n\n№ 2: ждёт 2 минуты',
    })
  })

  test('are not called for those who do not wait in the chat, nor outside the hours; in the morning time begins with the opening', async () => {
    await boss()
    await desk.staff.consultant('1')
    const patient = await waiting('2026-11-28T12:00:00')
    await desk.staff.sql('patient', 'UPDATE hand_off SET patient = true WHERE id = $1', [patient.id])
    const called = await waiting('2026-11-28T12:00:01')
    await desk.staff.sql('morning', 'UPDATE hand_off SET morning = true WHERE id = $1', [called.id])
    await desk.at('2026-11-28T13:00:00')
    expect(await desk.general()).toEqual([])
    await waiting('2026-11-30T11:55:00')
    await desk.at('2026-11-30T12:30:00')
    const before = (await desk.general()).length
    await desk.at('2026-11-30T13:00:30')
    await desk.at('2026-11-30T13:14:58')
    expect((await desk.general()).slice(before).filter(({ text }) => text.includes('никто'))).toEqual([])
    await desk.at('2026-11-30T13:15:00')
    expect((await desk.general()).at(-1)).toMatchObject({ text: expect.stringContaining('никто не взял: 1') })
  })
})
