import fc from 'fast-check'
import { distance } from 'fastest-levenshtein'
import { describe, expect, test } from 'vitest'
import { asItSounds, fromLatin, isEnding, otherLayout, slips } from '../../../src/domain/phrases/spelling.ts'

describe('the other keyboard layout', () => {
  test.each([
    ['gjrfpfybz', 'показания'],
    [',fkfyc', 'баланс'],
    ['cxtnxbr', 'счетчик'],
    ["'nj j,vfy", 'это обман'],
    ['руддщ', 'hello'],
    ['куфвштпы', 'readings'],
  ])('makes «%s» «%s»', (typed, meant) => {
    expect(otherLayout(typed)).toBe(meant)
  })

  test('has nothing to say of numbers and spaces', () => {
    expect(otherLayout('12 34')).toBeUndefined()
  })
})

describe('Latin letters for Russian ones', () => {
  test.each([
    ['pokazaniya', 'показания'],
    ['kvitanciya', 'квитанция'],
    ['zhaloba', 'жалоба'],
    ['schetchik', 'счетчик'],
    ['moi scheta', 'мои счета'],
    ['dobryy den', 'добрый ден'],
    ['zdravstvuyte', 'здравствуйте'],
  ])('«%s» sounds like «%s»', (typed, meant) => {
    expect(fromLatin(typed)).toBe(meant)
  })

  test('there are none in Russian words', () => {
    expect(fromLatin('показания')).toBeUndefined()
  })
})

describe('slips', () => {
  test.each([
    ['показания', 'показания', 0],
    ['показаня', 'показания', 1],
    ['квитнация', 'квитанция', 1],
    ['паказанея', 'показания', 2],
    ['долг', 'голд', 2],
  ])('from «%s» to «%s»: %i', (typed, meant, count) => {
    expect(slips(typed, meant, distance)).toBe(count)
  })

  test('are never more than single letters, and none only where nothing slipped', () => {
    const word = fc.stringMatching(/^[абвгд]{0,7}$/)
    fc.assert(
      fc.property(word, word, (typed, meant) => {
        const count = slips(typed, meant, distance)
        expect(count).toBeLessThanOrEqual(distance(typed, meant))
        expect(count === 0).toBe(typed === meant)
      }),
    )
  })
})

test.each(['', 'а', 'ия', 'иями', 'ого', 'ть', 's'])('«%s» may end a word', (rest) => {
  expect(isEnding(rest)).toBe(true)
})

test.each(['ельно', 'овщина', 'метр'])('«%s» is no ending', (rest) => {
  expect(isEnding(rest)).toBe(false)
})

test('«щётчик» is heard as «счётчик», and other words are what they are', () => {
  expect([asItSounds('щетчики'), asItSounds('щетка'), asItSounds('борщ')]).toEqual(['счетчики', 'счетка', 'борщ'])
})
