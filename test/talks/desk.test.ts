import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import { openTown, type Town } from '../support/town.ts'
import { flats, messengers, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ desk: true })
})
afterAll(() => town.close())

const [irina] = staffPeople.consultants
const staff = (who = irina) => town.hand.staff(who?.id ?? 0)

describe.each(messengers)('in %s', (messenger) => {
  test('a resident and a consultant talk', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Консультант', '')
    await talk.press('Начисления', '')
    console.log((await talk.hand.chat()).messages.at(-1))
    const forum = await town.hand.forum().waitFor(({ topics }) => topics.some(({ name }) => /Начисления/.test(name)))
    console.log(JSON.stringify(forum.topics, null, 1))
  })
})
