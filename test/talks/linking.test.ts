import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Messenger } from '../../src/engine/event.ts'
import { openTown, type Town } from '../support/town.ts'
import { linkedNumbers, unlinked } from './links.ts'
import { said } from './said.ts'
import { flats, labels, messengers, newcomer, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
beforeEach(async () => {
  await town.fresh.database.pool.query('DELETE FROM attempt')
})

/** …and asked for the number of his account. */
async function askedForNumber(messenger: Messenger, address: string = flats.twoWater.address): Promise<Talk> {
  const talk = await unlinked(town, messenger)
  await talk.press('По адресу и номеру счёта', said('linking.askAddress'))
  await talk.say(address, said('linking.askNumber'))
  return talk
}

const noMatch = said('linking.noMatch')
const tooMany = said('linking.tooMany')

describe.each(messengers)('linking an account in %s', (messenger) => {
  test('offers its four ways first, and help and settings', async () => {
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'))
    const ways = await talk.press('Согласен', said('linking.first'))
    expect(labels(ways)).toEqual([
      'По адресу и номеру счёта',
      'По коду активации',
      'Нет лицевого счёта',
      'У меня есть кабинет',
      'Помощь',
      'Настройки',
    ])
  })

  test('takes an address and its number, and shows the menu', async () => {
    const talk = await askedForNumber(messenger)
    const linked = await talk.say(
      flats.twoWater.number,
      said('linking.linked', { address: 'улица 8 Марта, д. 120, кв. 45' }),
    )
    expect(linked.text).toMatch(said('menu.title'))
    expect(await linkedNumbers(town, talk)).toEqual([flats.twoWater.number])
    await talk.press('Мои счета', 'улица 8 Марта, д. 120, кв. 45')
  })

  test.each([
    ['with spaces', '66 8230 5547'],
    ['with dashes', '6682-305-547'],
    ['with words before it', 'л/с № 6682305547.'],
    ['in Arabic digits', '٦٦٨٢٣٠٥٥٤٧'],
  ])('takes a number %s', async (_, typed) => {
    const talk = await askedForNumber(messenger)
    await talk.say(typed, said('linking.linked'))
  })

  test('takes an address typed at once, without choosing the way', async () => {
    const talk = await unlinked(town, messenger)
    await talk.say('г. Екатеринбург, ул. 8 Марта, д.120, кв.45', 'улица 8 Марта, д. 120, кв. 45')
    await talk.say(flats.twoWater.number, said('linking.linked'))
  })

  test.each([
    ['a room of a communal flat', flats.room, 'проспект Космонавтов, д. 52А, кв. 101, комн. 2'],
    ['a korpus', flats.rollOver, 'улица Белинского, д. 177, корп. 2, кв. 31'],
  ])('takes %s', async (_, { address, number }, shown) => {
    const talk = await askedForNumber(messenger, address)
    await talk.say(number, said('linking.linked', { address: shown }))
  })

  test.each([
    [
      'a корпус as the second number of a house',
      'Белинского 177/2-31',
      '6693595098',
      'улица Белинского, д. 177, корп. 2, кв. 31',
    ],
    [
      'a литера as the letter of a house',
      'Люксембург 4б кв 9',
      '6638764042',
      'улица Розы Люксембург, д. 4, литера Б, кв. 9',
    ],
    ['a letter of a house as a литера', 'Малышева 36 лит А кв 7', '6617177146', 'улица Малышева, д. 36А, кв. 7'],
    [
      'the second number of a house as a корпус',
      'Автоматики 3 корп 1 кв 17',
      '6648890525',
      'переулок Автоматики, д. 3/1, кв. 17',
    ],
  ])('takes %s', async (_, typed, number, shown) => {
    const talk = await askedForNumber(messenger, typed)
    await talk.say(number, said('linking.linked', { address: shown }))
  })

  test('keeps to the house that was typed where there are both', async () => {
    const { pool } = town.fresh.database
    const { rows } = await pool.query<{ house_key: string; korpus_key: string }>(
      `UPDATE account SET house_key = '177/2', korpus_key = '' WHERE id = (SELECT id FROM account
         WHERE street_key LIKE '%белинского' AND house_key = '177' AND number <> $1 ORDER BY id LIMIT 1)
       RETURNING id`,
      [flats.rollOver.number],
    )
    expect(rows).toHaveLength(1)
    try {
      const talk = await askedForNumber(messenger, 'Белинского 177/2-31')
      await talk.say(flats.rollOver.number, noMatch)
      expect(await linkedNumbers(town, talk)).toEqual([])
    } finally {
      await pool.query(`UPDATE account SET house_key = '177', korpus_key = '2' WHERE house_key = '177/2'`)
    }
  })

  test('asks for a missing flat, and takes a private house without one', async () => {
    const talk = await unlinked(town, messenger)
    await talk.say('Крауля 48', said('linking.askFlat'))
    await talk.say('кв 6', 'улица Крауля, д. 48, кв. 6')
    await talk.press('Адрес другой', said('linking.askAddress'))
    await talk.say(flats.house.address, said('linking.askFlat'))
    await talk.press('Квартиры нет, это частный дом', said('linking.askNumber', { address: 'улица Крауля, д. 61' }))
    await talk.say(flats.house.number, said('linking.linked', { address: 'улица Крауля, д. 61' }))
  })

  test('asks for a missing house', async () => {
    const talk = await unlinked(town, messenger)
    await talk.press('По адресу и номеру счёта', said('linking.askAddress'))
    await talk.say('проспект Ленина', said('linking.askHouse'))
    await talk.say('5-12', said('linking.askNumber', { address: 'проспект Ленина, д. 5, кв. 12' }))
  })

  test('suggests streets for one it does not know, and goes on with the rest of the address', async () => {
    const talk = await unlinked(town, messenger)
    const asked = await talk.say('Ленена 5-12', said('linking.whichStreet'))
    expect(labels(asked)).toContain('проспект Ленина')
    await talk.press('проспект Ленина', said('linking.askNumber', { address: 'проспект Ленина, д. 5, кв. 12' }))
    await talk.press('Назад', said('linking.whichStreet'))
    await talk.say('Мира 5-12', said('linking.askNumber', { address: 'улица Мира, д. 5, кв. 12' }))
  })

  test('says so when no street is like the one typed', async () => {
    const talk = await unlinked(town, messenger)
    await talk.say('Абракадабрская 5-12', said('linking.unknownStreet'))
    await talk.say('8 марта 120-45', said('linking.askNumber'))
  })

  test('asks which is meant when an address can be read in two ways', async () => {
    const talk = await unlinked(town, messenger)
    const asked = await talk.say('Ленина 24/8', said('linking.askFlat'))
    expect(labels(asked)).toContain('проспект Ленина, д. 24, кв. 8')
    await talk.press(
      'проспект Ленина, д. 24, кв. 8',
      said('linking.askNumber', { address: 'проспект Ленина, д. 24, кв. 8' }),
    )
  })

  test('refuses every wrong pair with the same words', async () => {
    const talk = await askedForNumber(messenger)
    const unknown = await talk.say('6699999999', noMatch)
    const elsewhere = await talk.say(flats.threeZones.number, noMatch)
    expect(elsewhere.text).toBe(unknown.text)
    expect(labels(elsewhere)).toEqual(labels(unknown))
    const other = await askedForNumber(messenger, flats.closed.address)
    const closed = await other.say(flats.closed.number, noMatch)
    expect(closed.text).toBe(unknown.text)
    const nowhere = await askedForNumber(messenger, '8 марта 999-999')
    expect((await nowhere.say(flats.twoWater.number, noMatch)).text).toBe(unknown.text)
    expect(await linkedNumbers(town, talk)).toEqual([])
  })

  test('is possible after a wrong number, without typing the address again', async () => {
    const talk = await askedForNumber(messenger)
    await talk.say('6699999999', noMatch)
    await talk.say(flats.twoWater.number, said('linking.linked'))
  })

  test('ends after five failures of a chat, even with the right pair', async () => {
    const talk = await askedForNumber(messenger)
    for (const last of [1, 2, 3, 4, 5]) await talk.say(`669999999${last}`, noMatch)
    await talk.say(flats.twoWater.number, tooMany)
    await talk.say(flats.twoWater.number, tooMany)
    expect(await linkedNumbers(town, talk)).toEqual([])
    const neighbour = await askedForNumber(messenger)
    await neighbour.say(flats.twoWater.number, said('linking.linked'))
  })

  test('ends after ten failures at one account from many chats', async () => {
    for (const _ of [1, 2]) {
      const talk = await askedForNumber(messenger, 'Мира 5-12')
      for (const __ of [1, 2, 3, 4, 5]) await talk.say(flats.twoWater.number, noMatch)
    }
    const owner = await askedForNumber(messenger)
    await owner.say(flats.twoWater.number, tooMany)
  })

  test('leaves the counters alone when it succeeds', async () => {
    const talk = await askedForNumber(messenger)
    for (const last of [1, 2, 3, 4]) await talk.say(`669999999${last}`, noMatch)
    await talk.say(flats.twoWater.number, said('linking.linked'))
    const { rows } = await town.fresh.database.pool.query('SELECT points FROM attempt WHERE key = $1', [
      `link:chat:${talk.chat}`,
    ])
    expect(rows).toEqual([{ points: 4 }])
  })

  test.each([
    ['75да533315', said('linking.not.els')],
    ['75ДА533315', said('linking.not.els')],
    ['75да533315-01', said('linking.not.zhku')],
    ['75да53331511112345', said('linking.not.paymentDocument')],
    ['40702810916540012345', said('linking.not.bankAccount')],
    ['12345', said('linking.not.account')],
    ['ну и ну', said('common.notUnderstood')],
  ])('explains what «%s» is, if not an account', async (typed, explained) => {
    const talk = await askedForNumber(messenger)
    await talk.say(typed, explained)
    const { rows } = await town.fresh.database.pool.query('SELECT * FROM attempt')
    expect(rows).toEqual([])
  })

  test('of a second account, and twice of the same, is kept once each', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    for (const _ of [1, 2]) {
      await talk.press('Мои счета', said('accounts.list'))
      await talk.press('Подключить счёт', said('linking.another'))
      await talk.say(flats.oneMeter.address, said('linking.askNumber'))
      await talk.say(flats.oneMeter.number, said('linking.linked'))
    }
    await talk.press('Мои счета', said('accounts.list', { count: '2' }))
    const { rows } = await town.fresh.database.pool.query(
      'SELECT count(*)::int AS links FROM link l JOIN conversation c USING (resident_id) WHERE c.chat = $1',
      [talk.chat],
    )
    expect(rows).toEqual([{ links: 2 }])
  })

  test('«У меня есть кабинет» says what can be done today, and leads back to the ways', async () => {
    const talk = await unlinked(town, messenger)
    const told = await talk.press('У меня есть кабинет', /пока/)
    expect(labels(told)).toContain('Консультант')
    await talk.press('Назад', said('linking.first'))
  })

  test('an account that was closed meanwhile is no longer shown, with a word why', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title', { period: 'ноябрь 2026' }))
    await town.fresh.database.pool.query('UPDATE account SET open = false WHERE number = $1', [flats.oneMeter.number])
    try {
      await talk.say('7000', said('accountGone.closed', { address: 'улица XXII Партсъезда, д. 7, кв. 14' }))
    } finally {
      await town.fresh.database.pool.query('UPDATE account SET open = true WHERE number = $1', [flats.oneMeter.number])
    }
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
