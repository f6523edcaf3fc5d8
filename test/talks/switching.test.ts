import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Messenger } from '../../src/engine/event.ts'
import { openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

/** Somebody with two accounts; the one with a single meter is called «Мама». */
async function withMother(messenger: Messenger, ...more: { number: string }[]): Promise<Talk> {
  const talk = await settled(town, messenger, flats.twoWater, flats.oneMeter, ...more)
  await town.fresh.database.pool.query(
    `UPDATE link SET name = 'Мама' WHERE chat = $1 AND account_id = (SELECT id FROM account WHERE number = $2)`,
    [talk.chat, flats.oneMeter.number],
  )
  return talk
}

const own = 'улица 8 Марта, д. 120, кв. 45'
const mothers = 'Мама: улица XXII Партсъезда, д. 7, кв. 14'

describe.each(messengers)('a resident of several accounts in %s', (messenger) => {
  test.each([
    ['history', 'мои счётчики', 'Электричество, счётчик', 'Холодная вода, счётчик'],
    ['readings', 'Передать показания', 'Электричество', 'Холодная вода'],
  ])('goes over to the other one in %s by a press and by its name', async (_, wish, there, here) => {
    const talk = await withMother(messenger)
    await talk.say(wish, said('whichAccount.which'))
    const first = await talk.say('8 Марта 120-45', both(new RegExp(own), new RegExp(here)))
    expect(labels(first)).toContain('Другой счёт')
    await talk.press('Другой счёт', both(new RegExp(mothers), new RegExp(there)))
    await talk.press('Другой счёт', both(new RegExp(own), new RegExp(here)))
    await talk.say('мама', both(new RegExp(mothers), new RegExp(there)))
    await talk.say('Мама', new RegExp(mothers))
    await talk.say(own, both(new RegExp(own), new RegExp(here)))
  })

  test('does so in what was submitted too, also where nothing was', async () => {
    const talk = await withMother(messenger)
    await talk.say('показания', said('whichAccount.which'))
    await talk.press('Мама', new RegExp(mothers))
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('menu.title'))
    await talk.say('что я передал', said('whichAccount.which'))
    await talk.press('Мама', both(new RegExp(mothers), said('confirmations.title')))
    await talk.press('Другой счёт', both(new RegExp(own), said('confirmations.none')))
    await talk.say('что я передал', said('whichAccount.which'))
    await talk.press('Мама', said('confirmations.title'))
    await talk.say('8 марта, 120-45', both(new RegExp(own), said('confirmations.none')))
  })

  test('of three is asked which', async () => {
    const talk = await withMother(messenger, flats.house)
    await talk.say('мои счётчики', said('whichAccount.which'))
    await talk.press('Мама', new RegExp(mothers))
    const which = await talk.press('Другой счёт', said('whichAccount.which'))
    expect(labels(which)).toHaveLength(5)
    await talk.press('Крауля, 61', 'улица Крауля, д. 61')
  })

  test('is not led away from what he has given: the other account is offered, and leaving is told of', async () => {
    const talk = await withMother(messenger)
    await talk.say('показания', said('whichAccount.which'))
    await talk.press('Мама', new RegExp(mothers))
    const table = await talk.say('7000', said('readings.check'))
    expect(labels(table)).not.toContain('Другой счёт')
    const offered = await talk.say('8 марта 120-45', both(said('common.otherAccountAside'), said('readings.check')))
    expect(labels(offered)).toContain('8 Марта, 120-45')
    await talk.press('8 Марта, 120-45', both(said('readings.notConfirmed'), new RegExp(own)))
  })
})

test('whoever has one account is offered no other', async () => {
  const talk = await settled(town, 'telegram', flats.twoWater)
  expect(labels(await talk.say('мои счётчики', said('history.title')))).not.toContain('Другой счёт')
  expect(labels(await talk.say('показания', said('readings.title', { period: 'ноябрь 2026' })))).not.toContain(
    'Другой счёт',
  )
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
