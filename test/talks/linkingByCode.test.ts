import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { activationCodeHash } from '../../src/infra/activationCode.ts'
import { hashKey } from '../support/hashKey.ts'
import { openTown, type Town } from '../support/town.ts'
import { askedForCode, codes, linkedNumbers, unlinked } from './links.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, newcomer, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
beforeEach(async () => {
  await town.fresh.database.pool.query('DELETE FROM attempt')
})

const linked = said('linking.linked', { address: 'улица 8 Марта, д. 120, кв. 45' })
const noCode = said('linking.noCode')
const lastDayOf = (code: string, until: string | null) =>
  town.fresh.database.pool.query('UPDATE account SET activation_code_until = $2 WHERE activation_code_hash = $1', [
    activationCodeHash(code, hashKey),
    until,
  ])

describe.each(messengers)('linking by activation code in %s', (messenger) => {
  test.each(['DVEP-T4FH', 'dvep t4fh', 'DVЕРТ4FН', 'мой код: dvep–t4fh.'])('takes «%s»', async (typed) => {
    const talk = await askedForCode(town, messenger)
    const done = await talk.say(typed, linked)
    expect(done.text).toMatch(said('menu.title'))
    expect(await linkedNumbers(town, talk)).toEqual([flats.twoWater.number])
  })

  test('takes a code wherever an address or a number is asked for', async () => {
    const atOnce = await unlinked(town, messenger)
    await atOnce.say(codes.twoWater, linked)
    const atAddress = await unlinked(town, messenger)
    await atAddress.press('По адресу и номеру счёта', said('linking.askAddress'))
    await atAddress.say(codes.twoWater, linked)
    const atNumber = await unlinked(town, messenger)
    await atNumber.say(flats.oneMeter.address, said('linking.askNumber'))
    await atNumber.say(codes.twoWater, linked)
  })

  test('takes an address instead, and tells where a code is found', async () => {
    const talk = await askedForCode(town, messenger)
    await talk.press('Где взять код', said('linking.codeHelp'))
    await talk.say(flats.twoWater.address, said('linking.askNumber'))
  })

  test('begins by a deep link, of which only a hash is kept until consent', async () => {
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'), codes.twoWater)
    const { rows } = await town.fresh.database.pool.query('SELECT state FROM conversation WHERE chat = $1', [talk.chat])
    expect(JSON.stringify(rows)).not.toMatch(/DVEP/i)
    expect(JSON.stringify(rows)).toContain(activationCodeHash(codes.twoWater, hashKey))
    await talk.press('Согласен', linked)
    expect(await linkedNumbers(town, talk)).toEqual([flats.twoWater.number])
  })

  test('by a deep link adds an account, and asks for the code again when it is no good', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.start(said('linking.linkedAnother'), codes.twoWater)
    await talk.start(both(noCode, said('linking.askCode')), 'AAAA-9999')
    await talk.say(codes.house, said('linking.linkedAnother', { address: 'улица Крауля, д. 61' }))
    expect((await linkedNumbers(town, talk)).length).toBe(3)
  })

  test('refuses every code that links nothing with the same words', async () => {
    const talk = await askedForCode(town, messenger)
    const unknown = await talk.say('AAAA-9999', noCode)
    const closed = await talk.say(codes.closed, noCode)
    expect(closed.text).toBe(unknown.text)
    expect(labels(closed)).toEqual(labels(unknown))
    expect(await linkedNumbers(town, talk)).toEqual([])
  })

  test('ends with the last day of the code, and says where a new one is', async () => {
    try {
      const talk = await askedForCode(town, messenger)
      await lastDayOf(codes.twoWater, '2026-11-09')
      await talk.say(codes.twoWater, said('linking.expired'))
      expect(await linkedNumbers(town, talk)).toEqual([])
      await lastDayOf(codes.twoWater, '2026-11-10')
      await talk.say(codes.twoWater, linked)
    } finally {
      await lastDayOf(codes.twoWater, null)
    }
  })

  test('ends sixty days after the import that first brought the code, where the billing gives it no last day', async () => {
    const first = (day: string) =>
      town.fresh.database.pool.query('UPDATE account SET activation_code_since = $2 WHERE activation_code_hash = $1', [
        activationCodeHash(codes.twoWater, hashKey),
        day,
      ])
    try {
      const talk = await askedForCode(town, messenger)
      await first('2026-09-10')
      await talk.say(codes.twoWater, said('linking.expired'))
      await lastDayOf(codes.twoWater, '2026-11-10')
      const other = await askedForCode(town, messenger)
      await other.say(codes.twoWater, linked)
      await lastDayOf(codes.twoWater, null)
      await first('2026-09-11')
      await talk.say(codes.twoWater, linked)
    } finally {
      await lastDayOf(codes.twoWater, null)
      await first('2026-11-10')
    }
  })

  test.each([
    ['66аа629167', said('linking.notCode.els')],
    ['75да533315-01', said('linking.notCode.zhku')],
    ['75да53331511112345', said('linking.notCode.paymentDocument')],
    ['40702810916540012345', said('linking.notCode.bankAccount')],
    [flats.twoWater.number, said('linking.notCode.account')],
    ['DVEP', said('common.notUnderstood')],
    ['DVEP-4', said('linking.notCode.code')],
    ['а где его взять?', both(said('linking.codeHelp'), said('linking.askCode'))],
  ])('explains what «%s» is, if not a code, and counts no attempt', async (typed, explained) => {
    const talk = await askedForCode(town, messenger)
    await talk.say(typed, explained)
    const { rows } = await town.fresh.database.pool.query('SELECT * FROM attempt')
    expect(rows).toEqual([])
  })

  test('ends after five failures of a chat, those by address among them', async () => {
    const talk = await unlinked(town, messenger)
    await talk.say(flats.twoWater.address, said('linking.askNumber'))
    for (const last of [1, 2]) await talk.say(`669999999${last}`, said('linking.noMatch'))
    for (const last of [3, 4, 5]) await talk.say(`AAAA-999${last}`, noCode)
    await talk.say(codes.twoWater, said('linking.tooManyCodes'))
    expect(await linkedNumbers(town, talk)).toEqual([])
  })

  test('by one code links two people at once, and one of them is told of the other', async () => {
    const [one, other] = [await askedForCode(town, messenger), await askedForCode(town, messenger)]
    await Promise.all([one.hand.say(codes.twoWater), other.hand.say(codes.twoWater)])
    const news = 'подключился ещё один человек'
    const told = async () => {
      const { rows } = await town.fresh.database.pool.query<{ chat: string }>(
        `SELECT chat FROM outbox WHERE chat = ANY ($1) AND body->'text'->>'text' LIKE '%' || $2 || '%'`,
        [[one.chat, other.chat], news],
      )
      return rows.length
    }
    await expect.poll(told, { timeout: 20_000 }).toBe(1)
    for (const talk of [one, other]) expect(await linkedNumbers(town, talk)).toEqual([flats.twoWater.number])
  })
})

test('no code, nor what it is kept as, is logged', () => {
  const written = town.logged.join('\n')
  for (const code of Object.values(codes)) {
    expect(written).not.toContain(code)
    expect(written).not.toContain(activationCodeHash(code, hashKey))
  }
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
