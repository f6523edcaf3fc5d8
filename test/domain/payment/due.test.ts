import { expect, test } from 'vitest'
import type { Charges } from '../../../src/domain/charges/charges.ts'
import type { Balance } from '../../../src/domain/charges/standing.ts'
import { dueNow } from '../../../src/domain/payment/due.ts'

const month = (kind: 'MAIN' | 'CAPREM', closing: number): Charges => ({
  ...{ period: '2026-10', kind, rows: [], opening: 0, paid: 0, penalty: 0, closing, mismatches: [] },
})
const both = (main: number, capital: number) => [month('MAIN', main), month('CAPREM', capital)]

/** What is due of each kind, `?` when nobody can tell, then in all. */
const due = (months: Charges[], balance?: Balance) => {
  const { kinds, total, at } = dueNow(months, balance)
  return [...kinds.map(({ kopecks }) => kopecks ?? '?'), total, ...(at === undefined ? [] : [at])]
}

test.each<[string, Charges[], Balance | undefined, unknown[]]>([
  ['no balance is known', both(900, 70), undefined, [900, 70, 970]],
  ['the balance agrees', both(900, 70), { kopecks: 970, at: '2026-11-01' }, [900, 70, 970]],
  ['the balance is older than the receipts', both(900, 70), { kopecks: 5, at: '2026-10-31' }, [900, 70, 970]],
  ['the balance has no day', both(900, 70), { kopecks: 5 }, [900, 70, 970]],
  ['one kind is overpaid, the other not', both(900, -70), { kopecks: 830, at: '2026-11-01' }, [900, -70, 830]],
])('the receipts hold while %s', (_, months, balance, wanted) => {
  expect(due(months, balance)).toEqual(wanted)
})

test.each<[string, Charges[], Balance, unknown[]]>([
  ['paid in part, of one kind', [month('MAIN', 900)], { kopecks: 400, at: '2026-11-12' }, [400, 400, '2026-11-12']],
  ['paid in part, of two kinds', both(900, 70), { kopecks: 400, at: '2026-11-12' }, ['?', '?', 400, '2026-11-12']],
  ['paid in part, one is overpaid', both(900, -70), { kopecks: 400, at: '2026-11-12' }, ['?', -70, 400, '2026-11-12']],
  [
    'overpaid in all, not in one kind',
    both(-900, 70),
    { kopecks: -1400, at: '2026-11-12' },
    [-900, '?', -1400, '2026-11-12'],
  ],
  ['all paid', both(900, 70), { kopecks: 0, at: '2026-11-12' }, [0, 0, 0, '2026-11-12']],
  ['paid too much', both(900, 70), { kopecks: -30, at: '2026-11-12' }, [-30, -30, -30, '2026-11-12']],
  ['a balance without any receipt', [], { kopecks: 500, at: '2026-11-12' }, [500, '2026-11-12']],
])('a later balance holds, and is nobody’s share in particular: %s', (_, months, balance, wanted) => {
  expect(due(months, balance)).toEqual(wanted)
})
