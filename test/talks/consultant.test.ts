import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lyingPhoto } from '../files/phoneFiles.ts'
import { openTown, type Town } from '../support/town.ts'
import { handOffOf, linesOf, Olga, postsOf, seen, withDesk, wordsOf } from './desk.ts'
import { photo } from './photo.ts'
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
    expect(labels(waiting)).toEqual([
      'Не жду, ответьте когда сможете',
      'Отправить обращением',
      'Уйти из очереди',
      'Меню',
    ])
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

  test('who does not want to wait sends the same as a request: it has a number and a day, and staff see it in his topic', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Консультант')
    await talk.press('Начисления', said('consultant.place'))
    await talk.say('Почему выросла плата?', said('consultant.added'))
    await talk.send([photo(await lyingPhoto(), 'bill.jpg')], said('consultant.added'), 'вот квитанция')
    const accepted = await talk.press('Отправить обращением', said('requests.accepted'))
    const handOff = await handOffOf(town, talk)
    expect(handOff).toMatchObject({ state: 'closed', closedBy: 'resident' })
    const { rows } = await town.fresh.database.pool.query(
      `SELECT r.number, r.state, r.subject, r.assigned_to, array_agg(l.body ->> 'text' ORDER BY l.id) AS words, sum(jsonb_array_length(l.body -> 'files'))::int AS files
       FROM request r JOIN request_line l ON l.request_id = r.id WHERE r.hand_off_id = $1 GROUP BY r.id`,
      [handOff.id],
    )
    expect(rows).toMatchObject([
      {
        state: 'new',
        subject: 'charges',
        assigned_to: null,
        words: ['Почему выросла плата?', 'вот квитанция'],
        files: 1,
      },
    ])
    expect(accepted.text).toContain(`№ ${rows[0].number}`)
    expect(await postsOf(town, talk)).toContain('request')
  })

  test('who has said nothing yet is asked what it is', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Консультант')
    await talk.press('Другое', said('consultant.place'))
    await talk.press('Отправить обращением', both(said('consultant.left'), said('requests.askTopic')))
    expect(await handOffOf(town, talk)).toMatchObject({ state: 'closed' })
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
