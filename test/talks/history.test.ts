import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import { openTown, type Town } from '../support/town.ts'
import { said } from './said.ts'
import { flats, labels, messengers, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const cold = 'Холодная вода, счётчик № 58517168'
const replaced = { number: '6638764042' }
const silent = { number: '' }

/** From the menu by words, to the meters or to the only one. */
const opened = async (messenger: (typeof messengers)[number], flat: { number: string }): Promise<Talk> => {
  const talk = await settled(town, messenger, flat)
  await talk.start(/./, 'history')
  return talk
}

describe.each(messengers)('history in %s', (messenger) => {
  test('lists the meters with what they showed last and until when they are verified', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const list = await talk.start(said('history.title'), 'history')
    expect(list.text).toMatch(/58517168\s+последнее показание 321,463 м³, 19 октября 2026\s+поверка до \d+ \S+ 20\d\d/)
    expect(labels(list)).toEqual([cold, 'Горячая вода, счётчик № 74129104', 'Назад', 'Меню'])
  })
})
