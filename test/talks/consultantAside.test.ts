import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noon, openTown, type Town } from '../support/town.ts'
import { handOffOf, linesOf, Olga, seen, withDesk } from './desk.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled, type Talk } from './talk.ts'

let town: Town
let olga: Olga
beforeAll(async () => {
  town = await openTown({ env: withDesk })
  olga = new Olga(town)
  await olga.comesToWork()
})
beforeEach(() => town.clock.set(noon))
afterAll(() => town.close())

describe.each(messengers)('a resident in the queue who does something else meanwhile, in %s', (messenger) => {
  /** In the middle of giving readings. */
  async function elsewhere(): Promise<Talk> {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Консультант')
    await talk.press('Другое', said('consultant.place'))
    await talk.say('меню', said('menu.title'))
    await talk.press('Передать показания', said('readings.title'))
    await talk.say('326 314')
    return talk
  }

  test('is not disturbed by his place in the queue', async () => {
    const talk = await elsewhere()
    await talk.silently(() => olga.tell(talk, { kind: 'place' }))
    expect((await linesOf(town, talk)).at(-1)?.state).toBe('told')
    await talk.say('да', said('readings.accepted'))
  })

  test('is told above what is being asked that he will not be answered today, and goes on', async () => {
    const talk = await elsewhere()
    const told = await talk.replied(
      seen(() => olga.tell(talk, { kind: 'morning' })),
      said('consultant.notToday'),
    )
    expect(labels(told)).toContain('Верно')
    await talk.press('Верно', said('readings.accepted'))
  })

  test('is called into the talk with the words of whoever answers, and what he was at is offered again', async () => {
    const talk = await elsewhere()
    await talk.replied(
      seen(() => olga.take(talk)),
      said('consultant.talking', { name: 'Ольга' }),
    )
    await talk.replied(
      seen(() => olga.say(talk, 'Добрый день!')),
      /^Добрый день!$/,
    )
    await talk.press('Закончить разговор', said('consultant.rating'))
    await talk.press('Продолжить начатое', both(said('common.resumed'), /326/))
  })

  test('reads of a talk that is over without being led away, and can rate it', async () => {
    const talk = await elsewhere()
    const told = await talk.replied(
      seen(() => olga.closes(talk, 'clock')),
      said('consultant.closed.clock'),
    )
    expect(labels(told)).toEqual(expect.arrayContaining(['Верно', 'Оценить разговор']))
    await talk.press('Оценить разговор', said('consultant.rating'))
    await talk.press('3', said('consultant.comment'))
    expect((await handOffOf(town, talk)).rating).toBe(3)
  })

  test('in the queue his place is changed in its own message', async () => {
    const first = await settled(town, messenger, flats.twoWater)
    await first.press('Консультант')
    await first.press('Другое', said('consultant.place'))
    const talk = await settled(town, messenger, flats.house)
    await talk.press('Консультант')
    const before = await talk.press('Другое', said('consultant.place'))
    await first.press('Уйти из очереди', said('consultant.left'))
    const length = await talk.length()
    const after = await talk.replied(
      seen(() => olga.tell(talk, { kind: 'place' })),
      said('consultant.place'),
    )
    expect(after.id).toBe(before.id)
    expect(await talk.length()).toBe(length)
    await talk.press('Уйти из очереди', said('consultant.left'))
  })

  test('of several accounts he may say which one it is about while he waits', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.house)
    await talk.press('Консультант')
    const waiting = await talk.press('Начисления', said('consultant.nameAccount'))
    const [, , , account = ''] = labels(waiting)
    const named = await talk.press(account, said('consultant.place'))
    expect(labels(named)).not.toContain(account)
    expect((await handOffOf(town, talk)).accountId).not.toBeNull()
    await talk.press('Уйти из очереди', said('consultant.left'))
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
