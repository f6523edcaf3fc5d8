import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { askedForCode, codes, linkedNumbers, unlinked } from './links.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
beforeEach(async () => {
  const { pool } = town.fresh.database
  await pool.query('DELETE FROM attempt')
  await pool.query('DELETE FROM link')
  await pool.query('DELETE FROM denial')
})

const news = said('newcomer.news', { line: 'улица XXII Партсъезда, д. 7, кв. 14' })
const told = (talk: Talk, wish: RegExp) => talk.hand.reply(({ text }) => wish.test(text))

describe.each(messengers)('several residents of one account in %s', (messenger) => {
  const other = messenger === 'telegram' ? 'vk' : 'telegram'

  async function newcomerOf(account: string = codes.oneMeter): Promise<Talk> {
    const talk = await askedForCode(town, other)
    await talk.say(account, said('linking.linked'))
    return talk
  }

  test('are told of one more, without a name, and nobody else is', async () => {
    const [first, stranger] = [
      await settled(town, messenger, flats.oneMeter),
      await settled(town, messenger, flats.house),
    ]
    const talk = await newcomerOf()
    const shown = await told(first, news)
    expect(labels(shown)).toEqual(['Это не я', 'Меню'])
    expect(shown.text).not.toMatch(/Марфа|Тестова/)
    const { rows } = await town.fresh.database.pool.query(`SELECT chat FROM notice WHERE chat = ANY ($1)`, [
      [stranger.chat, talk.chat],
    ])
    expect(rows).toEqual([])
  })

  test('unlink by «Это не я» whom they do not know, and he comes back by the code alone', async () => {
    const first = await settled(town, messenger, flats.oneMeter)
    const talk = await newcomerOf()
    await told(first, news)
    await first.press('Это не я', said('newcomer.sure'))
    await first.press('Да, отвязать', said('newcomer.denied'))
    expect(await linkedNumbers(town, talk)).toEqual([])
    expect(await linkedNumbers(town, first)).toEqual([flats.oneMeter.number])
    expect(town.logged.join('\n')).toContain('does not know a person')
    const shown = await told(talk, said('accountGone.denied', { address: 'улица XXII Партсъезда, д. 7, кв. 14' }))
    expect(labels(shown)).toEqual(['По коду активации', 'Консультант', 'Меню'])
    await talk.press('Меню', said('linking.first'))
    await talk.say(flats.oneMeter.address, said('linking.askNumber'))
    await talk.say(flats.oneMeter.number, said('linking.codeOnly'))
    expect(await linkedNumbers(town, talk)).toEqual([])
    await talk.say(codes.oneMeter, said('linking.linked'))
    await told(first, news)
  })

  test('are told in the midst of something without losing it', async () => {
    const first = await settled(town, messenger, flats.oneMeter)
    await first.press('Передать показания', said('readings.title', { period: 'ноябрь 2026' }))
    await newcomerOf()
    const shown = await told(first, news)
    expect(shown.text).toMatch(both(news, said('readings.title', { period: 'ноябрь 2026' })))
    expect(labels(shown)).toContain('Это не я')
    await first.say('7000', said('readings.check'))
  })

  test('find in «Мои счета» who else there is, and may unlink whoever came later', async () => {
    const first = await settled(town, messenger, flats.oneMeter)
    const talk = await newcomerOf()
    await told(first, news)
    await first.press('Меню', said('menu.title'))
    await first.press('Мои счета', said('accounts.list'))
    await first.press('XXII Партсъезда, 7-14', said('accounts.shared', { count: '1' }))
    const people = await first.press('Кто ещё подключён', said('accounts.people', { count: '1' }))
    expect(people.text).toMatch(both(/с 10 ноября 2026, \d\d:\d\d, по коду активации/, said('accounts.mayUnlink')))
    const [unlink = ''] = labels(people)
    expect(unlink).toMatch(/^Отвязать: 10 ноября 2026, \d\d:\d\d$/)
    await first.press(unlink, said('newcomer.sure'))
    await first.press('Да, отвязать', said('newcomer.denied'))
    expect(await linkedNumbers(town, talk)).toEqual([])
  })

  test('may not unlink whoever came first, unless they alone have shown the code', async () => {
    const first = await settled(town, messenger, flats.oneMeter)
    await town.fresh.database.pool.query(`UPDATE link SET proof = 'address' WHERE chat = $1`, [first.chat])
    const byAddress = await unlinked(town, other)
    await byAddress.say(flats.oneMeter.address, said('linking.askNumber'))
    await byAddress.say(flats.oneMeter.number, said('linking.linked'))
    await byAddress.press('Мои счета', said('accounts.list'))
    await byAddress.press('XXII Партсъезда, 7-14', said('accounts.shared'))
    const people = await byAddress.press('Кто ещё подключён', said('accounts.people', { count: '1' }))
    expect(people.text).toMatch(both(said('accounts.person.address'), said('accounts.mayNotUnlink')))
    expect(people.text).not.toMatch(said('accounts.mayUnlink'))
    expect(people.text).not.toMatch(/Марфа|Тестова/)
    expect(labels(people)).toEqual(['Назад', 'Меню'])
    await byAddress.start(said('linking.linked'), codes.oneMeter)
    await byAddress.press('Мои счета', said('accounts.list'))
    await byAddress.press('XXII Партсъезда, 7-14', said('accounts.shared'))
    const now = await byAddress.press('Кто ещё подключён', said('accounts.people'))
    await byAddress.press(labels(now)[0] ?? '', said('newcomer.sure'))
    await byAddress.press('Да, отвязать', said('newcomer.denied'))
    expect(await linkedNumbers(town, first)).toEqual([])
  })

  test('hear nothing of somebody who is there no more', async () => {
    const first = await settled(town, messenger, flats.oneMeter)
    const what = { kind: 'news', dialog: 'newcomer', about: randomUUID() } as const
    await first.silently(() =>
      town.product.engine.handle([
        { id: randomUUID(), chat: first.chat, at: town.clock.now(), input: { kind: 'due', timer: 'joined:x', what } },
      ]),
    )
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
