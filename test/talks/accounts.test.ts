import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { linkedNumbers } from './links.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled, tokenOf } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const card = (line: string) => said('accounts.card', { line })

describe.each(messengers)('my accounts in %s', (messenger) => {
  test('are switched by one press, and readings go to the one that was chosen', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.oneMeter)
    const list = await talk.press('Мои счета', said('accounts.list', { count: '2' }))
    expect(labels(list).slice(0, 3).toSorted()).toEqual(['8 Марта, 120-45', 'XXII Партсъезда, 7-14', 'Подключить счёт'])
    await talk.press('XXII Партсъезда, 7-14', card('улица XXII Партсъезда, д. 7, кв. 14'))
    await talk.press('Передать показания', 'XXII Партсъезда')
    await talk.say('7000', said('readings.check'))
  })

  test('have names that stand wherever an account is named, and that can be typed', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.oneMeter)
    await talk.press('Мои счета', said('accounts.list'))
    await talk.press('8 Марта, 120-45', card('улица 8 Марта, д. 120, кв. 45'))
    await talk.press('Дать имя', said('accounts.askName'))
    const named = await talk.say(
      '«Мама»',
      both(said('accounts.named', { name: 'Мама' }), card('Мама: улица 8 Марта, д. 120, кв. 45')),
    )
    expect(named.text).toContain('••••5547')
    await talk.press('Меню', said('menu.title'))
    await talk.say('мама', card('Мама: улица 8 Марта, д. 120, кв. 45'))
    await talk.press('Меню', said('menu.title'))
    const which = await talk.press('Передать показания', said('whichAccount.which'))
    expect(labels(which).slice(0, 2).toSorted()).toEqual(['XXII Партсъезда, 7-14', 'Мама'])
    await talk.say('Мама', 'Мама: улица 8 Марта')
    await talk.say('Меню', said('menu.title'))
    await talk.press('Мои счета', 'Мама: улица 8 Марта, д. 120, кв. 45')
    await talk.press('Мама', card('Мама: улица 8 Марта, д. 120, кв. 45'))
    const nameless = await talk.press(
      'Убрать имя',
      both(said('accounts.nameless'), card('улица 8 Марта, д. 120, кв. 45')),
    )
    expect(nameless.text).not.toContain('Мама')
  })

  test('take no name that another one has, nor one that could be taken for something else', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.oneMeter)
    await talk.press('Мои счета', said('accounts.list'))
    await talk.press('8 Марта, 120-45', said('accounts.card'))
    await talk.press('Дать имя', said('accounts.askName'))
    await talk.say('Дача <b>{{x}}</b>', said('accounts.named', { name: 'Дача bx/b' }))
    await talk.press('Назад', '')
    await talk.say('Мои счета', said('accounts.list'))
    await talk.press('XXII Партсъезда, 7-14', said('accounts.card'))
    await talk.press('Дать имя', said('accounts.askName'))
    await talk.say('ДАЧА bx/b', said('accounts.badName.taken'))
    await talk.say('324 311', said('accounts.badName.digits'))
    await talk.say('!', said('accounts.badName.empty'))
    await talk.say('о'.repeat(31), said('accounts.badName.tooLong', { most: '30' }))
    await talk.say('хвс 5', said('accounts.badName.readings'))
    for (const word of ['Начисления', 'my accounts', 'показания', 'Верно'])
      await talk.say(word, both(said('accounts.badName.command', { name: word }), said('accounts.askName')))
    // Words that work anywhere do so here too, and it is told that they have named nothing.
    await talk.say('«Меню»', both(said('accounts.badName.command'), said('menu.title')))
    await talk.say('Мои счета', said('accounts.list'))
    await talk.press('XXII Партсъезда, 7-14', said('accounts.card'))
    await talk.press('Дать имя', said('accounts.askName'))
    await talk.say('Дача 2', said('accounts.named', { name: 'Дача 2' }))
  })

  test('are told apart by their buttons, though two are in one house', async () => {
    const { rows } = await town.fresh.database.pool.query<{ number: string }>(
      `SELECT number FROM account WHERE street = 'Космонавтов' AND open ORDER BY number LIMIT 4`,
    )
    expect(rows.length).toBeGreaterThan(1)
    const talk = await settled(town, messenger, ...rows)
    const shown = labels(await talk.press('Мои счета', said('accounts.list'))).slice(0, rows.length)
    expect(new Set(shown).size).toBe(rows.length)
    for (const label of shown) expect(label.length).toBeLessThanOrEqual(40)
  })

  test('are unlinked one by one, after a question', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.oneMeter)
    await talk.press('Мои счета', said('accounts.list'))
    await talk.press('8 Марта, 120-45', said('accounts.card'))
    await talk.press('Отвязать счёт', said('accounts.sureUnlink', { line: 'улица 8 Марта, д. 120, кв. 45' }))
    await talk.press('Нет, оставить', said('accounts.card'))
    expect(await linkedNumbers(town, talk)).toHaveLength(2)
    const sure = await talk.press('Отвязать счёт', said('accounts.sureUnlink'))
    const left = await talk.press(
      'Да, отвязать',
      both(said('accounts.unlinked'), said('accounts.list', { count: '1' })),
    )
    expect(left.text).toContain('XXII Партсъезда')
    expect(await linkedNumbers(town, talk)).toEqual([flats.oneMeter.number])
    // The old button again: it shows where we are, and unlinks nothing more.
    await talk.pressOld(tokenOf(sure, 'Нет, оставить'), sure.id, said('accounts.list'))
    await talk.press('XXII Партсъезда, 7-14', said('accounts.card'))
    await talk.press('Отвязать счёт', said('accounts.sureUnlink'))
    await talk.say('да', both(said('accounts.unlinked'), said('linking.first')))
    expect(await linkedNumbers(town, talk)).toEqual([])
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
