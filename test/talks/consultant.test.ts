import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { handOffOf, linesOf, Olga, postsOf, seen, withDesk, wordsOf } from './desk.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled } from './talk.ts'

let town: Town
let olga: Olga
beforeAll(async () => {
  town = await openTown({ env: withDesk })
  olga = new Olga(town)
  await olga.comesToWork()
})
afterAll(() => town.close())

describe.each(messengers)('asking for a consultant in %s', (messenger) => {
  test('two presses from the menu lead into the queue, with the place and the expected time', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const subjects = await talk.press('Консультант', said('consultant.subjectNow'))
    expect(labels(subjects)).toHaveLength(8 + 2)
    const waiting = await talk.press('Начисления', both(said('consultant.place'), said('consultant.wait')))
    expect(labels(waiting)).toEqual(['Не жду, ответьте когда сможете', 'Уйти из очереди', 'Меню'])
    const handOff = await handOffOf(town, talk)
    expect(handOff).toMatchObject({ state: 'waiting', subject: 'charges', chat: talk.chat, morning: false })
    expect(handOff.accountId).not.toBeNull()
    expect(handOff.steps.at(-1)).toMatchObject({ dialog: 'consultant', at: 'subject', did: 'pressed' })
    expect(await postsOf(town, talk)).toEqual(['reopen', 'title', 'say desk.resident.asked'])
    await talk.press('Уйти из очереди', said('consultant.left'))
    expect(await handOffOf(town, talk)).toMatchObject({ state: 'closed', closedBy: 'resident' })
  })

  test('the question may be typed at once, and added to while he waits', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('консультант', said('consultant.subjectNow'))
    await talk.say('Почему выросла плата за отопление?', said('consultant.place'))
    await talk.say('Было 2000, стало 3000', said('consultant.added'))
    expect(await handOffOf(town, talk)).toMatchObject({ subject: 'other', state: 'waiting' })
    expect(await wordsOf(town, talk)).toEqual(['Почему выросла плата за отопление?', 'Было 2000, стало 3000'])
    await talk.edit(talk.written, 'Было 2000, стало 3500', said('consultant.edited'))
    const lines = await linesOf(town, talk)
    expect(lines.at(-1)?.body).toMatchObject({ text: { text: 'Было 2000, стало 3500' }, edits: lines.at(-2)?.id })
    await talk.press('Уйти из очереди', said('consultant.left'))
  })

  test('by the menu he does something else, stays in the queue and is called when somebody comes', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Консультант')
    await talk.press('Другое', said('consultant.place'))
    await talk.press('Меню', said('menu.title'))
    await talk.press('Передать показания', said('readings.title'))
    await talk.say('324')
    const takes = seen(() => olga.take(talk))
    const taken = await talk.replied(takes, said('consultant.talking', { name: 'Ольга' }))
    expect(taken.text).not.toContain('Петрова')
    expect(labels(taken)).toEqual(['Закончить разговор'])
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
