import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { codes, linkedNumbers } from './links.ts'
import { both, said } from './said.ts'
import { flats, messengers, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

describe.each(messengers)('what was half done in %s', (messenger) => {
  test('is offered again when a deep link has linked another account in between', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await talk.start(said('resume.offerOf'), codes.twoWater)
    expect((await linkedNumbers(town, talk)).toSorted()).toEqual(
      [flats.oneMeter.number, flats.twoWater.number].toSorted(),
    )
    await talk.press('Продолжить', both(said('common.resumed'), said('readings.check')))
    await talk.press('Верно', said('readings.accepted'))
  })
})

describe.each(messengers)('an account that is linked no more in %s', (messenger) => {
  test('is never mistaken for the one that is left', async () => {
    const talk = await settled(town, messenger, flats.oneMeter, flats.twoWater)
    const list = await talk.say('мои счета', said('accounts.list'))
    const label = list.buttons.flat().find((button) => button.label.includes('8 Марта'))?.label ?? ''
    await talk.press(label.replaceAll('\u00a0', ' '))
    await town.fresh.database.pool.query(
      `UPDATE link SET removed_at = now() WHERE chat = $1 AND account_id = (SELECT id FROM account WHERE number = $2)`,
      [talk.chat, flats.twoWater.number],
    )
    const told = await talk.press('Передать показания', /8 Марта/)
    expect(told.text).not.toMatch(said('readings.title'))
  })
})
