import { describe, expect, it } from 'vitest'
import { beginsWithNumberWord, wordsToDigits } from '../../../src/domain/address/numberWords.ts'

describe('numbers in words', () => {
  it.each([
    ['пять квартира двенадцать', '5 квартира 12'],
    ['дом сто двадцать кв сорок пять', 'дом 120 кв 45'],
    ['сто двадцать сорок пять', '120 45'],
    ['двадцать четыре пятнадцать', '24 15'],
    ['двести пять один', '205 1'],
    ['сто одиннадцать девятьсот девяносто девять', '111 999'],
    ['дом первый, квартира двенадцатая', 'дом 1, квартира 12'],
    ['двадцать второго партсъезда', '22 партсъезда'],
    ['пять-двенадцать', '5 12'],
    ['тридцать шесть а', '36 а'],
    ['дом две, квартира одна', 'дом 2, квартира 1'],
    ['5-12', '5-12'],
    ['станционная, сторож, пятак, одиноко', 'станционная, сторож, пятак, одиноко'],
    ['', ''],
  ])('%j are %j', (text, digits) => {
    expect(wordsToDigits(text)).toBe(digits)
  })
  it('are told at the beginning of a text', () => {
    expect(['сорок лет', 'пять', 'сороконожка', 'а пять', ''].map(beginsWithNumberWord)).toEqual([
      ...[true, true, false, false, false],
    ])
  })
  it('do not hold up the others, however many there are', () => {
    expect(wordsToDigits('сто '.repeat(500)).startsWith('100 100')).toBe(true)
    expect(wordsToDigits(`${'надцат'.repeat(300)}`)).toHaveLength(1800)
  })
})
