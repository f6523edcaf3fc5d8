import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumInWords } from '../../../src/domain/payment/sumInWords.ts'

describe('a sum in words', () => {
  it.each([
    [993533, 'Девять тысяч девятьсот тридцать пять рублей 33 копейки'],
    [0, 'Ноль рублей 00 копеек'],
    [1, 'Ноль рублей 01 копейка'],
    [5, 'Ноль рублей 05 копеек'],
    [100, 'Один рубль 00 копеек'],
    [202, 'Два рубля 02 копейки'],
    [1111, 'Одиннадцать рублей 11 копеек'],
    [1212, 'Двенадцать рублей 12 копеек'],
    [1414, 'Четырнадцать рублей 14 копеек'],
    [2121, 'Двадцать один рубль 21 копейка'],
    [4042, 'Сорок рублей 42 копейки'],
    [10000, 'Сто рублей 00 копеек'],
    [11199, 'Сто одиннадцать рублей 99 копеек'],
    [77138, 'Семьсот семьдесят один рубль 38 копеек'],
    [100000, 'Одна тысяча рублей 00 копеек'],
    [200200, 'Две тысячи два рубля 00 копеек'],
    [2100100, 'Двадцать одна тысяча один рубль 00 копеек'],
    [1200000, 'Двенадцать тысяч рублей 00 копеек'],
    [11200000, 'Сто двенадцать тысяч рублей 00 копеек'],
    [100000000, 'Один миллион рублей 00 копеек'],
    [220200299, 'Два миллиона двести две тысячи два рубля 99 копеек'],
    [1600001900, 'Шестнадцать миллионов девятнадцать рублей 00 копеек'],
    [
      99999999999,
      'Девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч девятьсот девяносто девять рублей 99 копеек',
    ],
    [100000000000, 'Один миллиард рублей 00 копеек'],
    [
      Number.MAX_SAFE_INTEGER,
      'Девяносто триллионов семьдесят один миллиард девятьсот девяносто два миллиона пятьсот сорок семь тысяч четыреста девять рублей 91 копейка',
    ],
  ])('of %i kopecks is «%s»', (kopecks, words) => {
    expect(sumInWords(kopecks)).toBe(words)
  })

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('of %d kopecks there is none', (kopecks) => {
    expect(() => sumInWords(kopecks)).toThrow(RangeError)
  })

  it('says the number it was given and no other', () => {
    fc.assert(
      fc.property(upToBillion, (kopecks) => {
        expect(sumOf(sumInWords(kopecks))).toBe(kopecks)
      }),
      { numRuns: 2000 },
    )
  })

  it('agrees with its numerals in number and gender, as the language has it', () => {
    fc.assert(
      fc.property(upToBillion, (kopecks) => {
        const words = sumInWords(kopecks)
        const roubles = Math.floor(kopecks / 100)
        const plural = { one: 'рубль', few: 'рубля', many: 'рублей', other: '?', two: '?', zero: '?' }
        expect(words).toContain(` ${plural[plurals.select(roubles)]} `)
        expect(words).not.toMatch(/(?:один|два) тысяч|(?:одна|две) (?!тысяч)/i)
        expect(words).toMatch(/^[А-Я][а-я]+(?: [а-я]+)* \d\d копе(?:йка|йки|ек)$/)
        const kopeckWord = { one: 'копейка', few: 'копейки', many: 'копеек', other: '?', two: '?', zero: '?' }
        expect(words.endsWith(` ${kopeckWord[plurals.select(kopecks % 100)]}`)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

const plurals = new Intl.PluralRules('ru')

/** Sums of every length, with zeros in the middle more often than by chance. */
const upToBillion = fc.oneof(
  fc.integer({ min: 0, max: 100_000_000_000 }),
  fc
    .array(fc.constantFrom<number[]>(0, 0, 1, 2, 5, 11, 12, 19, 20, 21, 100, 101, 999), { minLength: 1, maxLength: 3 })
    .map((groups) => groups.reduce((sum, group) => sum * 1000 + group, 0) * 100),
  fc.integer({ min: 0, max: 200_000 }),
)

/** Reads the words back by their stems, another way than they are written. */
function sumOf(words: string): number {
  let [total, group] = [0, 0]
  const parts = words.toLowerCase().split(' ')
  for (const part of parts.slice(0, -3)) {
    const scale = scales.find(([stem]) => part.startsWith(stem))?.[1]
    if (scale) [total, group] = [total + group * scale, 0]
    else group += numerals.get(part) ?? Number.NaN
  }
  return (total + group) * 100 + Number(parts.at(-2))
}

const scales: [string, number][] = [
  ['тысяч', 1000],
  ['миллион', 10 ** 6],
  ['миллиард', 10 ** 9],
]
const numerals = new Map<string, number>([
  ...Object.entries({
    ноль: 0,
    один: 1,
    одна: 1,
    два: 2,
    две: 2,
    три: 3,
    четыре: 4,
    пять: 5,
    шесть: 6,
    семь: 7,
    восемь: 8,
  }),
  ...Object.entries({ девять: 9, десять: 10, одиннадцать: 11, двенадцать: 12, тринадцать: 13, четырнадцать: 14 }),
  ...Object.entries({ пятнадцать: 15, шестнадцать: 16, семнадцать: 17, восемнадцать: 18, девятнадцать: 19 }),
  ...Object.entries({ двадцать: 20, тридцать: 30, сорок: 40, пятьдесят: 50, шестьдесят: 60, семьдесят: 70 }),
  ...Object.entries({ восемьдесят: 80, девяносто: 90, сто: 100, двести: 200, триста: 300, четыреста: 400 }),
  ...Object.entries({ пятьсот: 500, шестьсот: 600, семьсот: 700, восемьсот: 800, девятьсот: 900 }),
])
