import { describe, expect, test } from 'vitest'
import {
  type MonthlyDial,
  type MonthOfMeter,
  monthsOfMeter,
  ownAverage,
  summaryOf,
} from '../../src/domain/consumption.ts'
import type { Period } from '../../src/domain/period.ts'

const meter = { digits: 5, ratio: 1 }
const present = '2026-11'

/** Dials in whole units, one value or one a zone. */
const dials = (shown: Record<string, number | number[]>): MonthlyDial[] =>
  Object.entries(shown).map(([period, values]) => ({
    period: period as Period,
    values: [values].flat().map((value) => Math.round(value * 1000)),
    readAt: `${period}-20` as MonthlyDial['readAt'],
  }))

/** «2026-09 4» measured, «2026-09 ~4» averaged, «2026-09 ?» unknown; with what it took to get there. */
const told = ({ period, kind, used, since, rolledOver }: MonthOfMeter): string => {
  const volumes = (values: number[]) => values.map((value) => value / 1000).join('/')
  const said = used ? `${kind === 'averaged' ? '~' : ''}${volumes(used)}` : '?'
  return [
    period,
    said,
    ...(since ? [`(${since.months}: ${volumes(since.used)})`] : []),
    ...(rolledOver ? ['0'] : []),
  ].join(' ')
}

describe('consumption by month', () => {
  test.each<[string, Record<string, number | number[]>, string[]]>([
    ['of no readings is nothing', {}, []],
    ['of one reading is not known', { '2026-10': 5 }, ['2026-10 ?']],
    [
      'is the difference between neighbours',
      { '2026-08': 100, '2026-09': 104.5, '2026-10': 107 },
      ['2026-08 ?', '2026-09 4.5', '2026-10 2.5'],
    ],
    ['is nothing where the dial stood still', { '2026-09': 100, '2026-10': 100 }, ['2026-09 ?', '2026-10 0']],
    [
      'is shared evenly among the months that were skipped',
      { '2026-07': 100, '2026-10': 110 },
      ['2026-07 ?', '2026-08 ~3.333', '2026-09 ~3.333', '2026-10 ~3.334 (3: 10)'],
    ],
    [
      'is not known since the last reading',
      { '2026-07': 100, '2026-08': 104 },
      ['2026-07 ?', '2026-08 4', '2026-09 ?', '2026-10 ?'],
    ],
    ['has this month when its reading is there', { '2026-10': 100, '2026-11': 104 }, ['2026-10 ?', '2026-11 4']],
    ['goes on past zero', { '2026-09': 99987.4, '2026-10': 12.1 }, ['2026-09 ?', '2026-10 24.7 0']],
    [
      'goes past zero after a silence',
      { '2026-08': 99950, '2026-10': 30 },
      ['2026-08 ?', '2026-09 ~40', '2026-10 ~40 (2: 80) 0'],
    ],
    [
      'is not known where the dial went backwards, and is counted from there on',
      { '2026-08': 4200, '2026-09': 4100, '2026-10': 4110 },
      ['2026-08 ?', '2026-09 ?', '2026-10 10'],
    ],
    ['is told zone by zone', { '2026-09': [100, 50, 7], '2026-10': [110, 55, 7] }, ['2026-09 ?', '2026-10 10/5/0']],
    [
      'is not known across a change of the number of zones',
      { '2026-08': 100, '2026-09': [110, 55], '2026-10': [115, 56] },
      ['2026-08 ?', '2026-09 ?', '2026-10 5/1'],
    ],
    [
      'goes over the new year',
      { '2025-12': 10, '2026-01': 11, '2026-02': 13, '2026-10': 21 },
      [
        ...['2025-12 ?', '2026-01 1', '2026-02 2', '2026-03 ~1', '2026-04 ~1', '2026-05 ~1'],
        ...['2026-06 ~1', '2026-07 ~1', '2026-08 ~1', '2026-09 ~1', '2026-10 ~1 (8: 8)'],
      ],
    ],
  ])('%s', (_, shown, wished) => {
    expect(monthsOfMeter(dials(shown), meter, present).map(told)).toEqual(wished)
  })

  test('does not depend on the order in which readings come', () => {
    const shown = dials({ '2026-08': 100, '2026-09': 104, '2026-10': 107 })
    expect(monthsOfMeter(shown.toReversed(), meter, present)).toEqual(monthsOfMeter(shown, meter, present))
  })

  test('is multiplied by the transformation ratio', () => {
    const months = monthsOfMeter(dials({ '2026-09': [10, 5], '2026-10': [12, 6] }), { digits: 5, ratio: 20 }, present)
    expect(months.map(told)).toEqual(['2026-09 ?', '2026-10 40/20'])
  })

  test('ends for a meter that was taken out with the month of that', () => {
    const gone = { ...meter, removedAt: '2026-09-12' } as const
    expect(monthsOfMeter(dials({ '2026-06': 1, '2026-07': 2 }), gone, present).map(told)).toEqual([
      '2026-06 ?',
      '2026-07 1',
      '2026-08 ?',
      '2026-09 ?',
    ])
  })

  test('is shown for two years, and the first of their months is counted from the reading before them', () => {
    const long = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `${2023 + Math.floor((index + 6) / 12)}-${String(((index + 6) % 12) + 1).padStart(2, '0')}`,
        index * 3,
      ]),
    )
    const months = monthsOfMeter(dials(long), meter, present)
    expect(months.map(told).slice(0, 2)).toEqual(['2024-11 3', '2024-12 3'])
    expect([months.length, months.at(-1)?.period]).toEqual([24, '2026-10'])
  })

  test('adds up to what the dial ran through, however it is shared', () => {
    const shown = dials({ '2026-01': [0, 0], '2026-08': [10.001, 0.002], '2026-10': [11.3, 7] })
    const summary = summaryOf(monthsOfMeter(shown, meter, present))
    expect(summary?.zones).toEqual([11_300, 7_000])
  })
})

describe('a summary', () => {
  test('compares averages only where nothing was measured', () => {
    const averaged = summaryOf(monthsOfMeter(dials({ '2026-08': 0, '2026-10': 20 }), meter, present))
    expect(averaged?.most).toEqual({ period: '2026-09', used: 10_000 })
    const both = summaryOf(monthsOfMeter(dials({ '2026-07': 0, '2026-08': 4, '2026-10': 24 }), meter, present))
    expect([both?.most, both?.total]).toEqual([{ period: '2026-08', used: 4_000 }, 24_000])
  })

  test('is nothing where nothing is known', () => {
    expect(summaryOf([])).toBeUndefined()
    expect(summaryOf(monthsOfMeter(dials({ '2026-10': 5 }), meter, present))).toBeUndefined()
  })

  test('tells the whole, the average, the most and the least of the months that are known', () => {
    const months = monthsOfMeter(dials({ '2026-06': 0, '2026-07': 4, '2026-08': 5, '2026-09': 5 }), meter, present)
    expect(summaryOf(months)).toEqual({
      months: 3,
      total: 5_000,
      zones: [5_000],
      average: 1_700,
      most: { period: '2026-07', used: 4_000 },
      least: { period: '2026-09', used: 0 },
    })
  })
})

describe('the average of a household’s own readings', () => {
  test.each<[string, Record<string, number | number[]>, number | undefined]>([
    ['is of the half year before the present month', { '2026-03': 0, '2026-04': 50, ...sixMonthsFrom(50, 4) }, 4],
    ['counts skipped months by their shares', { '2026-07': 100, '2026-10': 112 }, 4],
    ['is of all zones together', { '2026-07': [10, 5], '2026-10': [16, 11] }, 4],
    ['is unknown with fewer than three months', { '2026-08': 100, '2026-09': 104, '2026-10': 108 }, undefined],
    ['leaves the present month out', { '2026-08': 100, '2026-09': 104, '2026-10': 108, '2026-11': 500 }, undefined],
    ['is unknown without readings', {}, undefined],
  ])('%s', (_, shown, average) => {
    expect(ownAverage(dials(shown), meter, present)).toBe(average === undefined ? undefined : average * 1000)
  })
})

function sixMonthsFrom(dial: number, used: number): Record<string, number> {
  return Object.fromEntries(
    ['05', '06', '07', '08', '09', '10'].map((month, index) => [`2026-${month}`, dial + used * (index + 1)]),
  )
}
