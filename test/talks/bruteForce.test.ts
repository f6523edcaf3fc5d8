import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { askedForCode, codes, linkedNumbers, unlinked } from './links.ts'
import { said } from './said.ts'
import { flats, messengers } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ env: { LINK_FAILURES_PER_HOUR: '3', LINK_FAILURES_PER_ACCOUNT: '2' } })
})
afterAll(() => town.close())
beforeEach(async () => {
  await town.fresh.database.pool.query('DELETE FROM attempt')
})

const tooManyCodes = said('linking.tooManyCodes')

describe.each(messengers)('guessing from many chats in %s', (messenger) => {
  const guess = async (code: string, answer: RegExp) => (await askedForCode(town, messenger)).say(code, answer)
  const guessNumber = async (number: string, answer: RegExp) => {
    const talk = await unlinked(town, messenger)
    await talk.say('Мира 5-12', said('linking.askNumber'))
    return { talk, shown: await talk.say(number, answer) }
  }

  test('codes ends for everybody, and a right code is answered no otherwise than a wrong one', async () => {
    for (const last of [1, 2, 3]) await guess(`AAAA-999${last}`, said('linking.noCode'))
    const right = await guess(codes.twoWater, tooManyCodes)
    const wrong = await guess('AAAA-9994', tooManyCodes)
    expect(right.text).toBe(wrong.text)
  })

  test('one code ends for that code alone', async () => {
    for (const _ of [1, 2]) await guess('AAAA-9999', said('linking.noCode'))
    await guess('aaaa 9999', tooManyCodes)
    await guess('AAAA-9998', said('linking.noCode'))
  })

  test('numbers ends for everybody but those who have a code', async () => {
    for (const last of [1, 2, 3]) await guessNumber(`669999999${last}`, said('linking.noMatch'))
    const wrong = await guessNumber('6699999994', said('linking.codeOnly'))
    const { talk, shown } = await guessNumber('6624678297', said('linking.codeOnly'))
    expect(shown.text).toBe(wrong.shown.text)
    expect(await linkedNumbers(town, talk)).toEqual([])
    await talk.say(codes.oneMeter, said('linking.linked'))
    expect(await linkedNumbers(town, talk)).toEqual([flats.oneMeter.number])
  })

  test('at the same moment tries no more often than one after another', async () => {
    const talks = await Promise.all([1, 2, 3, 4, 5, 6].map(() => askedForCode(town, messenger)))
    const shown = await Promise.all(talks.map((talk, nth) => talk.say(`AAAA-888${nth}`)))
    expect(shown.filter(({ text }) => said('linking.noCode').test(text))).toHaveLength(3)
    expect(shown.filter(({ text }) => tooManyCodes.test(text))).toHaveLength(3)
  })
})
