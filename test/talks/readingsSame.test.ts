import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, readingsOf, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({
    env: { READINGS_SERVICES: 'HVS,GVS', READINGS_ELSEWHERE: 'EL:ЭнергосбыТ Плюс, 8 800 700-10-32' },
  })
})
afterAll(() => town.close())

const dialsOf = async (flat: { number: string }) => (await readingsOf(town, flat)).map(({ dials }) => dials)

describe.each(messengers)('readings that did not change in %s', (messenger) => {
  test.each([
    ['at the menu', 'показания не изменились', [[321.463], [309.489]]],
    ['of one meter beside a value', 'хвс не изменилось гвс 311', [[321.463], [311]]],
    ['in English', 'cold unchanged hot 311', [[321.463], [311]]],
  ])('are the previous values again: %s', async (_, typed, taken) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say(typed, both(said('readings.check'), said('readings.told.W_ZERO')))
    await talk.press('Верно', said('readings.accepted'))
    expect(await dialsOf(flats.twoWater)).toEqual(taken)
  })

  test('stay what was given for the month already', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('325,9 311', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    const table = await talk.say('хвс не изменилось гвс 312', said('readings.check'))
    expect(table.text).toContain('325,9 м³')
    await talk.press('Верно', said('readings.accepted'))
    const rows = await readingsOf(town, flats.twoWater)
    expect(rows.filter(({ status }) => status !== 'superseded').map(({ dials }) => dials)).toEqual([[325.9], [312]])
  })

  test('are one tap where one meter is asked for', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    const asked = await talk.press('Вводить по одному', said('readings.askOne'))
    expect(labels(asked)).toEqual(['Не изменилось', 'Пропустить', 'Назад', 'Меню'])
    await talk.press('Не изменилось', 'Горячая вода')
    await talk.say('как в прошлый раз', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect(await dialsOf(flats.twoWater)).toEqual([[321.463], [309.489]])
  })

  test('are one tap in place of what was entered, and what is skipped stays as it was entered', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    await talk.press('Изменить', said('readings.title'))
    await talk.press('Вводить по одному', said('readings.askOne'))
    await talk.press('Не изменилось', 'Горячая вода')
    await talk.press('Пропустить', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect(await dialsOf(flats.twoWater)).toEqual([[321.463], [311]])
  })
})

describe.each(messengers)('readings of a service that is not taken here in %s', (messenger) => {
  test('are sent to the supplier that the centre has named, and the others are kept', async () => {
    const talk = await settled(town, messenger, flats.twoZones)
    const asked = await talk.press('Передать показания', said('readings.title'))
    expect(asked.text).not.toContain('Электричество')
    const where = said('readings.elsewhere.sendTo', { where: 'ЭнергосбыТ Плюс, 8 800 700-10-32' })
    await talk.say('свет 11800/6000', both(said('readings.elsewhere.notTaken.EL'), where))
    const table = await talk.say('хвс 337 гвс 150 свет 11800/6000', both(where, said('readings.check')))
    expect(table.text).toContain('337 м³')
    await talk.press('Верно', said('readings.accepted'))
    expect(await dialsOf(flats.twoZones)).toEqual(expect.arrayContaining([[337], [150]]))
  })

  test('are told where to go even by somebody who has no other meters', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('свет 7000', said('readings.elsewhere.notTaken.EL'))
    await talk.press('Передать показания', said('readings.noMeters'))
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
