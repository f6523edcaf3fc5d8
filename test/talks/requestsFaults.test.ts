import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noon, openTown, type Town } from '../support/town.ts'
import { answered, requestOf, requestsOf, sent, stored, told, written } from './requesting.ts'
import { both, said } from './said.ts'
import { flats, messengers, otherChat, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
/** A Tuesday. */
beforeEach(() => town.clock.set(noon))
afterAll(() => town.close())

describe.each(messengers)('a request in %s', (messenger) => {
  test('sent from both chats of a resident is one, under one number', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    const other = await otherChat(town, talk)
    await other.press('Обращения', both(said('requests.begun'), said('requests.gathered')))
    await other.press('Отправить', said('requests.accepted'))
    const { number } = await requestOf(talk)
    const again = await talk.press('Отправить', said('requests.accepted', { number: String(number) }))
    expect(again.text).toContain(`№ ${number}`)
    expect(await requestsOf(talk)).toHaveLength(1)
  })

  test('thrown away in the other chat, where a new one was begun, leads to that one', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    const other = await otherChat(town, talk)
    await other.press('Обращения', said('requests.begun'))
    await other.press('Удалить черновик', said('requests.sureToDrop'))
    await other.press('Да, удалить', said('requests.dropped'))
    await written(other, 'Нет квитанции')
    await talk.press('Отправить', both(said('requests.noDraft'), said('requests.begun')))
    expect(await requestsOf(talk)).toMatchObject([{ state: 'draft' }])
    await talk.press('Отправить', said('requests.accepted'))
    expect(await requestsOf(talk)).toMatchObject([{ state: 'new', words: ['Нет квитанции'] }])
  })

  test('takes no voice, and says why; what was written before stays', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    await talk.send([{ kind: 'voice', name: 'voice.ogg', bytes: Buffer.from('OggS') }], said('requests.left.kind'))
    expect(await requestOf(talk)).toMatchObject({ words: ['За что начислили вдвое больше?'], files: 0 })
  })

  test('a file of no bytes is told of, and taken out', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    await talk.hand.send([{ kind: 'document', name: 'act.pdf', bytes: Buffer.alloc(0) }])
    await told(talk, /act\.pdf/)
    expect(await requestOf(talk)).toMatchObject({ files: 0 })
  })

  test('is answered with a file, also while something else is asked: that goes on below', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const { id, number } = await sent(talk)
    await talk.press('Меню', said('menu.title'))
    await talk.press('Передать показания', said('readings.title'))
    const file = await stored(talk, 'act.pdf')
    await answered(talk, id, 'answered', 'Вот акт сверки.', [file])
    const news = await told(
      talk,
      both(said('requests.news.answered', { number: String(number) }), said('readings.title')),
    )
    expect(news.text).toContain('Вот акт сверки.')
    expect(news.files).toMatchObject([{ kind: 'document', name: 'act.pdf' }])
    await talk.say('324 311', said('readings.check'))
  })

  test('whose account has been closed meanwhile keeps its words, and is sent without it', async () => {
    const talk = await settled(town, messenger, flats.house)
    await written(talk)
    const { pool } = town.fresh.database
    const closed = (open: boolean) =>
      pool.query('UPDATE account SET open = $2 WHERE number = $1', [flats.house.number, open])
    await closed(false)
    try {
      await talk.press('Отправить', both(said('requests.accountGone'), said('requests.gathered')))
      await talk.press('Отправить', said('requests.accepted'))
      expect(await requestOf(talk)).toMatchObject({
        state: 'new',
        account: null,
        words: ['За что начислили вдвое больше?'],
      })
    } finally {
      await closed(true)
    }
  })

  test('is not sent once consent has been withdrawn in the other chat, and nothing of it is left', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    const other = await otherChat(town, talk)
    await other.say('отозвать согласие', said('withdrawal.sure'))
    await other.press('Отозвать', said('withdrawal.done'))
    const shown = await talk.press('Отправить')
    expect(shown.text).not.toMatch(said('requests.accepted'))
    expect(await requestsOf(talk)).toEqual([])
  })

  test('in plain mode is told of anew with every message: edits are not read out', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await town.fresh.database.pool.query(`UPDATE conversation SET state = state || '{"plain": true}' WHERE chat = $1`, [
      talk.chat,
    ])
    await written(talk)
    await talk.say('И за октябрь тоже.', said('requests.gathered', { amount: '2 сообщения' }))
    await talk.say('Отправить', said('requests.accepted'))
  })

  test('left unsent is spoken of, and gone back to', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    await talk.say('меню', both(said('requests.notSent'), said('menu.title')))
    await talk.say('продолжить', both(said('common.resumed'), said('requests.gathered')))
    await talk.press('Отправить', said('requests.accepted'))
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
