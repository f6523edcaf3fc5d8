import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { debtOf } from '../../../src/domain/documents/debt.ts'
import { judged } from '../../../src/domain/documents/judge.ts'
import { chargedMonths, october, owing } from '../../files/documents.ts'

const today = '2026-11-10'
const debt = (facts: Parameters<typeof debtOf>[0]) => debtOf(facts, today, 31)

describe('a certificate of debt', () => {
  test('tells what is owed of each kind, on the day of the billing’s word', () => {
    expect(debt(owing(993_533, 142_392))).toEqual({
      ...{ ok: true, at: '2026-11-01', owed: 1_135_925 },
      kinds: [
        { kind: 'MAIN', kopecks: 993_533 },
        { kind: 'CAPREM', kopecks: 142_392 },
      ],
    })
  })

  test('is of a debt though another kind is overpaid by more, and the balance is an overpayment', () => {
    expect(debt(owing(-500_000, 1))).toMatchObject({ ok: true, owed: 1 })
  })

  test('never says that nothing is owed when the balance or any kind says that something is', () => {
    const sum = fc.oneof(fc.constant(0), fc.integer({ min: -3, max: 3 }), fc.integer({ min: -1e9, max: 1e9 }))
    fc.assert(
      fc.property(sum, fc.option(sum, { nil: undefined }), sum, (main, capital, kopecks) => {
        const read = debt({ ...owing(main, capital), balance: { kopecks, at: '2026-11-01' } })
        const owes = kopecks > 0 || (capital !== undefined && (main > 0 || capital > 0))
        if (read.ok && owes) expect(read.owed).toBeGreaterThan(0)
        if (read.ok) expect(read.kinds.reduce((all, one) => all + one.kopecks, 0)).toBe(kopecks)
      }),
    )
  })

  const none = owing(0, 0)
  test.each<[string, Parameters<typeof debtOf>[0], string]>([
    ['there are no charges', { ...none, months: [] }, 'none'],
    ['the billing has told no balance', { ...october }, 'unknown'],
    ['the balance is of no day', { ...none, balance: { kopecks: 0 } }, 'unknown'],
    ['the balance is older than it may be', { ...none, balance: { kopecks: 0, at: '2026-10-09' } }, 'stale'],
    ['the balance is of a day to come', { ...none, balance: { kopecks: 0, at: '2026-11-11' } }, 'stale'],
    ['charges are newer than the balance', { ...none, balance: { kopecks: 0, at: '2026-09-30' } }, 'stale'],
    [
      'no charges have come for months',
      { ...none, months: none.months.map((month) => ({ ...month, period: '2026-08' as const })) },
      'stale',
    ],
    [
      'the figures of a month do not add up',
      { ...none, months: none.months.map((month) => ({ ...month, mismatches: ['CLOSING' as const] })) },
      'mismatch',
    ],
    [
      'money has come since and nobody knows of which kind',
      { ...owing(5, 7), balance: { kopecks: 0, at: '2026-11-05' } },
      'unsplit',
    ],
    [
      'a payment was taken back after that day',
      { ...none, payments: [{ paidAt: '2026-10-20', postedAt: '2026-11-03', kopecks: -100 }] },
      'reversed',
    ],
  ])('is not drawn when %s', (_, facts, why) => {
    expect(debt(facts)).toEqual({ ok: false, why })
  })

  test('of an account of one kind follows its balance, and takes no notice of payments that came later', () => {
    const facts = { ...owing(500), balance: { kopecks: 200, at: '2026-11-05' as const } }
    expect(debt({ ...facts, payments: [{ paidAt: '2026-11-07', kopecks: 200 }] })).toMatchObject({
      ok: true,
      owed: 200,
    })
  })

  test.each([
    [30, false],
    [31, true],
  ])('of a word 31 days old is drawn where %i days are fresh: %s', (days, ok) => {
    expect(debtOf(owing(0, 0), '2026-12-02', days).ok).toBe(ok)
  })
})

describe('a document of some months', () => {
  const months = chargedMonths('MAIN', 3, 0, 700_000)
  const facts = { ...october, months }

  test('is of the day of the balance, without one of the day after its last month, and never of a day to come', () => {
    const at = (balance: object, on = today) => judged('statement', { ...facts, ...balance }, on as typeof today, 31)
    expect(at({ balance: { kopecks: 1, at: '2026-11-05' } })).toEqual({ ok: true, asOf: '2026-11-05' })
    expect(at({})).toEqual({ ok: true, asOf: '2026-11-01' })
    expect(at({}, '2026-10-31')).toEqual({ ok: true, asOf: '2026-10-31' })
  })

  const [first, second, third] = months
  if (!first || !second || !third) throw new Error('three months')
  test.each([
    ['whose figures do not add up', [first, { ...second, mismatches: ['ROW_TOTAL' as const] }]],
    ['that does not begin as the one before ended', [first, { ...second, opening: second.opening + 1 }]],
    ['that is missing', [first, third]],
  ])('with a month %s is told by a statement and the details, and not reconciled', (_, odd) => {
    const drawn = (kind: 'statement' | 'details' | 'reconciliation') =>
      judged(kind, { ...facts, months: odd }, today, 31).ok
    expect([drawn('statement'), drawn('details'), drawn('reconciliation')]).toEqual([true, true, false])
    expect(judged('reconciliation', facts, today, 31).ok).toBe(true)
  })

  test.each(['statement', 'details', 'reconciliation'] as const)('of which there are no charges is no %s', (kind) => {
    expect(judged(kind, { ...facts, months: [] }, today, 31)).toEqual({ ok: false, why: 'none' })
  })
})
