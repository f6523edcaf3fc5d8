import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { noon, openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { flats, messengers, readingsOf, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
afterEach(() => town.clock.set(noon))

/** When the chat is to be reminded. */
async function reminderOf({ chat }: Talk): Promise<Date | undefined> {
  const { rows } = await town.fresh.database.pool.query('SELECT due_at FROM timer WHERE chat = $1', [chat])
  return rows[0]?.due_at
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
    await talk.press('Передать показания', said('readings.titleLate'))
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

  test('a deep link «readings» opens them at once', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.start(said('readings.title', { period: 'ноябрь 2026' }), 'readings')
    await talk.start(said('menu.title'), 'no-such-thing')
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
