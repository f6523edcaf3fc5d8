import { describe, expect, test } from 'vitest'
import type { Charges } from '../../../src/domain/charges/charges.ts'
import { type Standing, standingOf } from '../../../src/domain/charges/standing.ts'
import { month } from './months.ts'

const today = '2026-11-10'
/** October's charges: 100 kopecks, the balance before them paid in full unless said otherwise. */
const october = (change: Partial<Charges> = {}): Charges => ({
  ...month([{ service: 'HVS', accrued: '1' }], { period: '2026-10', dueDate: '2026-11-15', ...change }),
})
const at = '2026-11-01'

describe('a balance means', () => {
  test.each<[string, number | undefined, Charges[], Standing]>([
    ['nothing while it is not known', undefined, [october()], { kind: 'unknown' }],
    ['that nothing is to be paid when it is none', 0, [october()], { kind: 'settled' }],
    ['an overpayment when it is less', -1, [october()], { kind: 'overpaid' }],
    [
      'the last month, to be paid by its day, when all before it was paid',
      100,
      [october()],
      { kind: 'owes', sum: 100, until: '2026-11-15', isOver: false, earlier: false },
    ],
    [
      'a debt of earlier months with it when that was not',
      150,
      [october({ opening: 90, paid: 40, closing: 150 })],
      { kind: 'owes', sum: 150, until: '2026-11-15', isOver: false, earlier: true },
    ],
    [
      'a debt of one kind, though the other is overpaid',
      50,
      [october({ opening: 50, closing: 150 }), october({ kind: 'CAPREM', opening: -200, closing: -100 })],
      { kind: 'owes', sum: 150, until: '2026-11-15', isOver: false, earlier: true },
    ],
    [
      'a debt of one kind also where all is overpaid: one does not pay for the other',
      -100,
      [october({ opening: -300, closing: -200 }), october({ kind: 'CAPREM', dueDate: '2026-11-12' })],
      { kind: 'owes', sum: 100, until: '2026-11-12', isOver: false, earlier: false },
    ],
    [
      'the earliest day of what is owed',
      200,
      [october({ dueDate: '2026-11-20' }), october({ kind: 'CAPREM', dueDate: '2026-11-12' })],
      { kind: 'owes', sum: 200, until: '2026-11-12', isOver: false, earlier: false },
    ],
    [
      'no more than it says when money has come since',
      60,
      [october()],
      { kind: 'owes', sum: 60, until: '2026-11-15', isOver: false },
    ],
    [
      'no more than it says when the figures do not add up',
      100,
      [october({ mismatches: ['CLOSING'] })],
      { kind: 'owes', sum: 100, until: '2026-11-15', isOver: false },
    ],
    [
      'that the day has passed',
      100,
      [october({ dueDate: '2026-11-09' })],
      { kind: 'owes', sum: 100, until: '2026-11-09', isOver: true, earlier: false },
    ],
    [
      'that on the day itself there is still time',
      100,
      [october({ dueDate: today })],
      { kind: 'owes', sum: 100, until: today, isOver: false, earlier: false },
    ],
    ['a debt without a day when there are no charges', 100, [], { kind: 'owes', sum: 100, isOver: false }],
  ])('%s', (_, kopecks, last, standing) => {
    expect(standingOf(kopecks === undefined ? undefined : { kopecks, at }, last, today)).toEqual(standing)
  })

  test('nothing about the day of the last known charges once it counts those of a later month', () => {
    const standing = standingOf({ kopecks: 100, at: '2026-12-01' }, [october()], '2026-12-02')
    expect(standing).toEqual({ kind: 'owes', sum: 100, isOver: false, earlier: false })
  })
})
