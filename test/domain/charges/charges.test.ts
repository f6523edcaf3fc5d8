import { expect, it } from 'vitest'
import { type Charges, chargedFor, closingOf, mismatchesOf } from '../../../src/domain/charges/charges.ts'
import { formatKopecks, parseRoubles, priceOf } from '../../../src/domain/money.ts'
import { month, row, workedLines } from './months.ts'

it.each(workedLines)('the worked example comes out to the kopeck: $service', ({ accrued, total, ...line }) => {
  const { volume = Number.NaN, tariff = Number.NaN, ...rest } = row(line)
  expect(priceOf(volume, tariff)).toBe(parseRoubles(accrued))
  expect(rest).toMatchObject({ accrued: parseRoubles(accrued), total: parseRoubles(total) })
})

it('the worked example is to be paid with 9 935,33 ₽', () => {
  const march = month(workedLines, { opening: 521_037, paid: 500_000, penalty: 341 })
  const sum = (of: 'accrued' | 'recalculation' | 'benefit') => march.rows.reduce((all, each) => all + each[of], 0)
  expect([sum('accrued'), sum('recalculation'), sum('benefit')]).toEqual([1_003_567, -6412, -25_000])
  expect(chargedFor(march)).toBe(972_155)
  expect(closingOf(march)).toBe(993_533)
  expect(formatKopecks(closingOf(march))).toBe('9\u00a0935,33\u00a0₽')
  expect(mismatchesOf({ ...march, closing: 993_533 })).toEqual([])
})

const good = month([{ service: 'HVS', accrued: '333.41', multiplier: '1', recalculation: '-2', benefit: '-3' }])
const [only = row({ service: 'HVS' })] = good.rows

it.each<[string, Charges, string[]]>([
  ['nothing, when all adds up', good, []],
  ['a line', { ...good, rows: [{ ...only, accrued: only.accrued + 1 }] }, ['ROW_TOTAL']],
  ['the balance', { ...good, closing: good.closing - 1 }, ['CLOSING']],
  ['the balance, by the penalty', { ...good, penalty: 1 }, ['CLOSING']],
  ['both', { ...good, rows: [{ ...only, total: 0 }] }, ['ROW_TOTAL', 'CLOSING']],
  [
    'two lines that are wrong by the same',
    {
      ...good,
      rows: [
        { ...only, total: only.total + 1 },
        { ...row({ service: 'KAN' }), total: -1 },
      ],
    },
    ['ROW_TOTAL'],
  ],
  ['nothing, in a month without lines', { ...month([]), opening: 5, paid: 5 }, []],
])('finds what does not add up: %s', (_, charges, broken) => expect(mismatchesOf(charges)).toEqual(broken))
