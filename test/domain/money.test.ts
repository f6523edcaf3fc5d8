import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatKopecks,
  formatTenThousandths,
  parseRoubles,
  priceOf,
  roundedRatio,
  scaledDecimal,
} from '../../src/domain/money.ts'

const decimal = (text: string) => scaledDecimal(text, 4) ?? Number.NaN
/** The no-break spaces of what is shown, as a test can be read. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('a sum', () => {
  it.each([
    ['9935.33', 993533],
    ['9 935,33', 993533],
    ['9\u00a0935,33 ₽', 993533],
    ['1 234 567,8', 123456780],
    ['0,01', 1],
    ['-64,12', -6412],
    ['−250', -25000],
    ['+7', 700],
    ['-0', 0],
    ['007,5000', 750],
    // 1.005 * 100 is 100.49999999999999 and 4.35 * 100 is 434.99999999999994 in floating point.
    ['4.35', 435],
    ['90071992547409.91', 9007199254740991],
  ])('%s is read exactly', (text, kopecks) => expect(parseRoubles(text)).toBe(kopecks))

  it.each(['', ' ', ',5', '5,', '1,005', '1.2.3', '1 23', '12 34,5', '1e3', '0x10', 'сто', '--5', '90071992547409.92'])(
    '«%s» is none',
    (text) => expect(parseRoubles(text)).toBeUndefined(),
  )

  it.each([
    [993533, '9 935,33 ₽', '9,935.33 ₽'],
    [0, '0,00 ₽', '0.00 ₽'],
    [-0, '0,00 ₽', '0.00 ₽'],
    [1, '0,01 ₽', '0.01 ₽'],
    [-5, '−0,05 ₽', '−0.05 ₽'],
    [10, '0,10 ₽', '0.10 ₽'],
    [99999, '999,99 ₽', '999.99 ₽'],
    [100000, '1 000,00 ₽', '1,000.00 ₽'],
    [-123456789, '−1 234 567,89 ₽', '−1,234,567.89 ₽'],
    [100_000_000_000, '1 000 000 000,00 ₽', '1,000,000,000.00 ₽'],
  ])('%i is written with groups and kopecks', (kopecks, russian, english) => {
    expect([plain(formatKopecks(kopecks)), plain(formatKopecks(kopecks, 'en'))]).toEqual([russian, english])
  })

  it('never breaks over two lines', () => expect(formatKopecks(993533)).not.toMatch(/ /))

  it('comes back as it was, however large', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (kopecks) => {
        expect(parseRoubles(formatKopecks(kopecks))).toBe(kopecks === 0 ? 0 : kopecks)
      }),
    )
  })
})

describe('volume times tariff', () => {
  it.each([
    // The float traps of §3: `Math.round(v * t * 100)` gives a kopeck less.
    ['0.5', '2.01', 101],
    ['8.5', '59.41', 50499],
    ['0.5', '18.81', 941],
    // Half a kopeck goes away from zero, on either side of it.
    ['-0.5', '2.01', -101],
    ['1', '0.0050', 1],
    ['1', '0.0049', 0],
    ['-1', '0.0049', 0],
    ['0.0001', '0.0001', 0],
    ['0', '52.63', 0],
    ['999999999', '1', 99999999900],
  ])('%s × %s is %i kopecks', (volume, tariff, kopecks) => {
    expect(priceOf(decimal(volume), decimal(tariff))).toBe(kopecks)
  })

  it('three lines of 1.004 are 3.00, not 3.01: what is summed has been rounded', () => {
    const line = priceOf(decimal('1'), decimal('1.004'))
    expect(line * 3).toBe(300)
  })

  it('is off by half a kopeck at most, and by as much below zero', () => {
    const some = fc.integer({ min: -1e9, max: 1e9 })
    fc.assert(
      fc.property(some, some, (volume, tariff) => {
        const exact = BigInt(volume) * BigInt(tariff)
        const off = 2n * (BigInt(priceOf(volume, tariff)) * 1_000_000n - exact)
        expect(off <= 1_000_000n && off >= -1_000_000n).toBe(true)
        expect(priceOf(-volume, tariff) + priceOf(volume, tariff)).toBe(0)
      }),
    )
  })
})

it.each([
  [5n, 2n, 3],
  [-5n, 2n, -3],
  [4n, 3n, 1],
  [-4n, 3n, -1],
  [0n, 7n, 0],
])('%i over %i is %i', (dividend, divisor, nearest) => expect(roundedRatio(dividend, divisor)).toBe(nearest))

it.each([
  [63350, 0, '6,335', '6.335'],
  [1967, 0, '0,1967', '0.1967'],
  [1_420_000, 0, '142', '142'],
  [-50_000, 0, '−5', '−5'],
  [0, 0, '0', '0'],
  [526_300, 2, '52,63', '52.63'],
  [29_134_700, 2, '2 913,47', '2,913.47'],
  [180_000, 2, '18,00', '18.00'],
  [61_234, 2, '6,1234', '6.1234'],
])('%i ten-thousandths with %i places at least are «%s»', (value, places, russian, english) => {
  expect(plain(formatTenThousandths(value, 'ru', places))).toBe(russian)
  expect(formatTenThousandths(value, 'en', places)).toBe(english)
})
