import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Event } from '../../src/engine/event.ts'
import { noon, openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, readingsOf, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
afterEach(() => town.clock.set(noon))

/** When the chat is to be reminded. */
async function reminderOf({ chat }: Talk): Promise<Date | undefined> {
  const { rows } = await town.fresh.database.pool.query(
    `SELECT due_at FROM timer WHERE chat = $1 UNION ALL SELECT due_at FROM notice WHERE chat = $1 AND state = 'planned'`,
    [chat],
  )
  return rows[0]?.due_at
}

/** What was put off in the chat, as it is told when it is due. */
async function putOff({ chat }: Talk): Promise<Event> {
  const { rows } = await town.fresh.database.pool.query(
    `SELECT id, about FROM notice WHERE chat = $1 AND kind = 'later' AND state = 'planned'`,
    [chat],
  )
  const [{ id, about }] = rows
  const what = { kind: 'news', dialog: 'readings', about, notice: id } as const
  return { id: `notice:${id}:${chat}`, chat, at: town.clock.now(), input: { kind: 'due', timer: `notice:${id}`, what } }
}

describe.each(messengers)('readings and the clock in %s', (messenger) => {
  test('on the 25th at 23:59 they enter the receipt of the month', async () => {
    town.clock.set('2026-11-25T18:58:00Z')
    const talk = await settled(town, messenger, flats.oneMeter)
    const table = await talk.say('7000', said('readings.enters', { period: 'ноябрь 2026' }))
    expect(table.text).not.toContain('Срок')
    await talk.press('Верно', said('readings.accepted', { period: 'ноябрь 2026' }))
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([{ period: '2026-11', flags: [] }])
  })

  test('after the 25th they are taken for the next receipt, and it is said before', async () => {
    town.clock.set('2026-11-25T19:00:00Z')
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press(
      'Передать показания',
      /Показания за декабрь 2026\s+Показания для прошлой квитанции принимали до 25-го числа\. Эти войдут в следующую, за декабрь 2026\./,
    )
    await talk.say('7000', said('readings.entersLate', { period: 'декабрь 2026' }))
    await talk.press('Верно', said('readings.accepted', { period: 'декабрь 2026' }))
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([{ period: '2026-12', flags: ['W_WINDOW'] }])
  })

  test('when the window closes between the value and the confirmation, the table is shown again first', async () => {
    town.clock.set('2026-11-25T18:58:00Z')
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.enters', { period: 'ноябрь 2026' }))
    town.clock.set('2026-11-25T19:00:01Z')
    await talk.press('Верно', both(said('readings.changed'), said('readings.entersLate', { period: 'декабрь 2026' })))
    expect(await readingsOf(town, flats.oneMeter)).toEqual([])
    await talk.press('Верно', said('readings.accepted'))
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([{ period: '2026-12' }])
  })

  test('a table of another month is shown again before it is taken for the receipt of this one', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.enters', { period: 'ноябрь 2026' }))
    town.clock.set('2026-12-10T07:00:00Z')
    await talk.press('Верно', both(said('readings.changed'), said('readings.enters', { period: 'декабрь 2026' })))
    expect(await readingsOf(town, flats.oneMeter)).toEqual([])
    await talk.press('Верно', said('readings.accepted', { period: 'декабрь 2026' }))
  })

  test('of November and of December are two readings', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    town.clock.set('2026-12-10T07:00:00Z')
    const asked = await talk.press('Передать показания', said('readings.title', { period: 'декабрь 2026' }))
    expect(asked.text).toContain('было 7000 кВт·ч, 10 ноября 2026')
    await talk.say('7100', 'расход 100 кВт·ч')
    await talk.press('Верно', said('readings.accepted'))
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([
      { period: '2026-11', status: 'accepted' },
      { period: '2026-12', status: 'accepted', replaces_id: null },
    ])
  })

  test('entered but not confirmed for an hour are reminded of, once', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    const due = await reminderOf(talk)
    expect(Math.round(((due?.getTime() ?? 0) - Date.parse(noon)) / 60_000)).toBe(60)
    town.clock.set('2026-11-10T08:02:00Z')
    const reminded = await talk.hand.reply(({ text }) => said('readings.notConfirmed').test(text))
    expect(reminded.text).toMatch(said('readings.check'))
    expect(await reminderOf(talk)).toBeUndefined()
    expect(await readingsOf(town, flats.oneMeter)).toEqual([])
    await talk.press('Верно', said('readings.accepted'))
  })

  test('confirmed in time are not reminded of', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    await talk.silently(() =>
      town.product.engine.handle([
        {
          id: `due:idle:${talk.chat}:early`,
          chat: talk.chat,
          at: town.clock.now(),
          input: { kind: 'due', timer: `idle:${talk.chat}`, what: { kind: 'idle', stamp: 2 } },
        },
      ]),
    )
  })

  test('entered late in the evening are reminded of at nine in the morning', async () => {
    town.clock.set('2026-11-10T15:30:00Z')
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    expect((await reminderOf(talk))?.toISOString()).toBe('2026-11-11T04:00:00.000Z')
  })

  test('put off are offered once more the next day, and never twice', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    await talk.press('Потом', said('readings.laterPromised', { at: '11 ноября 2026, 12:00' }))
    const due = await reminderOf(talk)
    expect(Math.round(((due?.getTime() ?? 0) - Date.parse(noon)) / 60_000)).toBe(24 * 60)
    town.clock.set('2026-11-11T07:01:00Z')
    const offered = await talk.hand.reply(({ text }) => said('readings.laterNow').test(text))
    expect(labels(offered)).toEqual(['Передать показания', 'Меню'])
    expect(await reminderOf(talk)).toBeUndefined()
    await talk.press('Передать показания', said('readings.title'))
  })

  test('put off on the last day are offered once more before the window closes', async () => {
    town.clock.set('2026-11-25T06:00:00Z')
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    await talk.press('Потом', said('readings.laterPromised', { at: '25 ноября 2026, 20:00' }))
    expect((await reminderOf(talk))?.toISOString()).toBe('2026-11-25T15:00:00.000Z')
  })

  test('are not put off when the last hour for it has come, and it is said', async () => {
    town.clock.set('2026-11-25T18:00:00Z')
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    await talk.press('Потом', both(said('readings.lastDay'), said('readings.title')))
    expect(await reminderOf(talk)).toBeUndefined()
  })

  test('put off are offered over readings that were only opened, and not over values that are being given', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    await talk.press('Потом', said('readings.laterPromised'))
    await talk.press('Передать показания', said('readings.title'))
    town.clock.set('2026-11-11T07:01:00Z')
    await talk.hand.reply(({ text }) => both(said('readings.laterNow'), said('readings.title')).test(text))
    await talk.press('Потом', said('readings.laterPromised'))
    const event = await putOff(talk)
    await talk.say('7000', said('readings.check'))
    await talk.silently(() => town.product.engine.handle([event]))
  })

  test('put off late in the evening are offered in the morning after next', async () => {
    town.clock.set('2026-11-10T17:30:00Z')
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    await talk.say('потом', said('readings.laterPromised', { at: '12 ноября 2026, 09:00' }))
    expect((await reminderOf(talk))?.toISOString()).toBe('2026-11-12T04:00:00.000Z')
  })

  test('put off and given before that are not offered again', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    await talk.press('Потом', said('readings.laterPromised'))
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    const event = await putOff(talk)
    await talk.silently(() => town.product.engine.handle([event]))
    const { rowCount } = await town.fresh.database.pool.query(
      `SELECT 1 FROM notice WHERE chat = $1 AND state = 'planned'`,
      [talk.chat],
    )
    expect(rowCount).toBe(0)
  })

  test.each([
    ['that ends within two months', '2027-01-09', said('readings.verification.soon', { until: '9 января 2027' }), true],
    ['that has ended', '2026-11-09', said('readings.verification.over', { until: '9 ноября 2026' }), true],
    ['that ends today', '2026-11-10', said('readings.verification.soon', { until: '10 ноября 2026' }), true],
    ['that ends later', '2027-01-10', said('readings.title'), false],
  ])('a verification %s is told at the meter with what lateness costs', async (_, until, told, isNear) => {
    const { pool } = town.fresh.database
    await pool.query(`UPDATE meter SET verification_until = $1 WHERE id = 'M1339'`, [until])
    try {
      const talk = await settled(town, messenger, flats.oneMeter)
      const asked = await talk.press('Передать показания', told)
      expect(said('readings.verification.cost').test(asked.text)).toBe(isNear)
      const same = 'показание могут не учесть: сначала начислят по среднему, потом по нормативу'
      const table = await talk.say('7000', said('readings.check'))
      const isOver = said('readings.told.W_VERIFICATION').test(table.text)
      expect(table.text.toLowerCase().includes(same)).toBe(isOver)
      expect(asked.text.toLowerCase().includes(same)).toBe(isNear)
    } finally {
      await pool.query(`UPDATE meter SET verification_until = '2038-07-26' WHERE id = 'M1339'`)
    }
  })

  test('a deep link «readings» opens them at once', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.start(said('readings.title', { period: 'ноябрь 2026' }), 'readings')
    await talk.start(said('menu.title'), 'no-such-thing')
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
