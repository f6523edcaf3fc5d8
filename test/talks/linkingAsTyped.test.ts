import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { askedForCode, linkedNumbers, unlinked } from './links.ts'
import { both, said } from './said.ts'
import { flats, messengers } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
beforeEach(async () => {
  await town.fresh.database.pool.query('DELETE FROM attempt')
})

const { address, number } = flats.threeZones
const linked = said('linking.linked', { address: 'проспект Ленина, д. 5, кв. 12' })
const noMatch = said('linking.noMatch')
const kept = said('linking.numberKept')

describe.each(messengers)('an account is linked as people type it in %s:', (messenger) => {
  test('the number first, which is remembered, so that only the address is asked for', async () => {
    const talk = await unlinked(town, messenger)
    await talk.say(`л/с ${number}`, both(kept, said('linking.askAddress')))
    await talk.say(address, linked)
    const atAddress = await unlinked(town, messenger)
    await atAddress.press('По адресу и номеру счёта', said('linking.askAddress'))
    await atAddress.say(number, both(kept, said('linking.askAddress')))
    await atAddress.say('Ленена пять квартира двенадцать', said('linking.whichStreet'))
    await atAddress.press('проспект Ленина', linked)
  })

  test('the number among the questions for the address', async () => {
    const talk = await unlinked(town, messenger)
    await talk.say('проспект Ленина', said('common.notUnderstood'))
    await talk.press('По адресу и номеру счёта', said('linking.askAddress'))
    await talk.say('проспект Ленина', said('linking.askHouse'))
    await talk.say(number, both(kept, said('linking.askHouse')))
    await talk.say('пять', said('linking.askFlat'))
    await talk.say('двенадцать', linked)
    expect(await linkedNumbers(town, talk)).toEqual([number])
  })

  test('the number where the code is asked for', async () => {
    const talk = await askedForCode(town, messenger)
    await talk.say(number, both(said('linking.notCode.account'), said('linking.askAddress')))
    await talk.say(address, linked)
  })

  test.each([`${address}, ${number}`, `лицевой счёт 66 1020 0503 ленина пять квартира двенадцать`])(
    'both in one message: «%s»',
    async (typed) => {
      const talk = await unlinked(town, messenger)
      await talk.say(typed, linked)
      expect(await linkedNumbers(town, talk)).toEqual([number])
    },
  )

  test('a number that was typed before is refused no otherwise than one typed after, and counts as much', async () => {
    const before = await unlinked(town, messenger)
    await before.say(flats.oneMeter.number, kept)
    const real = await before.say(address, both(noMatch, said('linking.askNumber')))
    const other = await unlinked(town, messenger)
    const unknown = await other.say(`${address} 6699999999`, both(noMatch, said('linking.askNumber')))
    expect(unknown.text).toBe(real.text)
    for (const last of [1, 2, 3, 4]) await other.say(`${address} 669999999${last}`, noMatch)
    await other.say(`${address} ${number}`, said('linking.tooMany'))
    await other.say(number, said('linking.tooMany'))
    expect(await linkedNumbers(town, other)).toEqual([])
  })

  test.each(['а где его взять?', 'что это', 'не знаю'])(
    'a question where the number is asked for («%s») is answered, and it is asked for again',
    async (typed) => {
      const talk = await unlinked(town, messenger)
      await talk.say(address, said('linking.askNumber'))
      await talk.say(typed, both(said('help.accountNumber'), said('linking.askNumber')))
      await talk.say(number, linked)
    },
  )

  test('another number of the receipt where the address is asked for is explained', async () => {
    const talk = await unlinked(town, messenger)
    await talk.press('По адресу и номеру счёта', said('linking.askAddress'))
    await talk.say('75да533315-01', said('linking.not.zhku'))
    await talk.say('75да53331511112345', said('linking.not.paymentDocument'))
    const { rows } = await town.fresh.database.pool.query('SELECT * FROM attempt')
    expect(rows).toEqual([])
  })
})

test('no number that was typed is logged', () => {
  expect(town.logged.join('\n')).not.toContain(number)
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
