import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LocalDate } from '../../../src/domain/localDate.ts'
import type { MeterOnHand } from '../../../src/domain/meter.ts'
import { judge, type ReadingFacts } from '../../../src/domain/readings/judge.ts'
import { judgeAll } from '../../../src/domain/readings/judgeAll.ts'
import { consumption } from '../../../src/domain/readings/limits.ts'
import { cold, cold2, heat, hot, light, plainLight } from './meters.ts'

const facts: ReadingFacts = {
  today: '2026-03-20',
  window: { fromDay: 1, toDay: 25 },
  persons: 2,
  acceptDecimals: { HVS: 3, GVS: 3, HEAT: 3, EL: 3, GAS: 3 },
}
const atEnd = from(plainLight, 99_950)

describe('consumption', () => {
  it.each([
    [99987.4, 12.1, { volume: 24700, rolledOver: true }],
    [99950, 30, { volume: 80000, rolledOver: true }],
    [412.615, 418.95, { volume: 6335, rolledOver: false }],
    [120, 120, { volume: 0, rolledOver: false }],
    [4200, 4100, undefined],
  ])('from %d to %d on five digits', (previous, now, expected) => {
    expect(consumption(Math.round(previous * 1000), Math.round(now * 1000), 5)).toEqual(expected)
  })
})

describe('a reading is refused', () => {
  const cases: [why: string, MeterOnHand, number[], object, Partial<ReadingFacts>?][] = [
    ['with more digits than the dial has', cold, [123456], { code: 'E_DIGITS', digits: 5 }],
    [
      'and the comma that was left out is offered',
      cold,
      [418950],
      { code: 'E_DIGITS', digits: 5, suggestion: [418_950] },
    ],
    [
      'and the red digit is taken away',
      from(plainLight, 42000),
      [421004],
      { code: 'E_DIGITS', digits: 5, suggestion: [42_100_000] },
    ],
    [
      'when it was read in the future',
      cold,
      [418],
      { code: 'E_FUTURE', readAt: '2026-03-21' },
      { readAt: '2026-03-21' },
    ],
    [
      'when the meter was removed',
      { ...cold, removedAt: '2026-03-01' },
      [418],
      { code: 'E_METER_CLOSED', removedAt: '2026-03-01' },
    ],
    ['when a zone is missing', light, [5012], { code: 'E_ZONES', given: 1, expected: 2 }],
    ['when it is less than the previous one', plainLight, [4100], { code: 'E_LESS', previous: 4_200_000 }],
    ['in the zone that is less', light, [5012, 2900], { code: 'E_LESS', zone: 2, previous: 3_000_000 }],
    [
      'and a repeated whole part is offered as the same value',
      cold,
      [412],
      { code: 'E_LESS', previous: 412_615, suggestion: [412_615] },
    ],
    [
      'and day and night in the other order are offered',
      light,
      [3010, 5040],
      { code: 'E_LESS', zone: 1, previous: 5_000_000, suggestion: [5_040_000, 3_010_000] },
    ],
    [
      'by the vector of the rules: 4200, then 4100',
      from(plainLight, 4200),
      [4100],
      { code: 'E_LESS', previous: 4_200_000 },
    ],
    [
      'and peak and half-peak in the other order are offered',
      { ...light, zones: 3, previous: { values: [3_000_000, 9_000_000, 5_000_000], readAt: '2026-02-20' } },
      [5030, 9040, 3050],
      { code: 'E_LESS', zone: 3, previous: 5_000_000, suggestion: [3_050_000, 9_040_000, 5_030_000] },
    ],
    [
      'by the vector of the rules when the flat never uses so much: 99987.4, then 12.1',
      from(cold, 99_987.4),
      [12.1],
      { code: 'E_LESS', previous: 99_987_400 },
    ],
    ['when past zero would be too much', atEnd, [900], { code: 'E_LESS', previous: 99_950_000 }],
    ['when past zero cannot be compared with anything', from(heat, 9999), [1], { code: 'E_LESS', previous: 9_999_000 }],
    [
      'when no pipe lets so much through',
      cold,
      [1600],
      { code: 'E_IMPOSSIBLE', consumption: 1_187_385, limit: 1_116_000 },
    ],
    [
      'and the lost comma is offered',
      cold,
      [4189],
      { code: 'E_IMPOSSIBLE', consumption: 3_776_385, limit: 1_116_000, suggestion: [418_900] },
    ],
  ]
  it.each(cases)('%s', (_, meter, values, refusal, other) => {
    const { refusal: found, doubts } = judge(entry(meter, values), meter, { ...facts, ...other })
    expect(found).toEqual(refusal)
    expect(doubts).toEqual([])
  })
})

describe('a reading is doubted', () => {
  const cases: [why: string, MeterOnHand, number[], object[], Partial<ReadingFacts>?][] = [
    ['never when it is usual', cold, [418.95], []],
    ['never for want of a previous one', { ...heat }, [1], []],
    ['when it passed zero', atEnd, [30], [{ code: 'W_ROLLOVER', previous: 99_950_000, consumption: 80_000 }]],
    [
      'by the vector of the rules: 99987.4, then 12.1',
      { ...from(cold, 99_987.4), average6: 9000 },
      [12.1],
      [{ code: 'W_ROLLOVER', previous: 99_987_400, consumption: 24_700 }],
    ],
    ['never by the vector of the rules: 412.615, then 418.950', cold, [418.95], []],
    ['by the vector of the rules: 120, then 120', from(cold, 120), [120], [{ code: 'W_ZERO' }]],
    ['when it is above the floor', cold, [430], [{ code: 'W_HIGH', consumption: 17_385, limit: 10_000 }]],
    ['not when the flat uses as much', { ...cold, average6: 6000 }, [430], []],
    ['not when the norm of all persons allows it', { ...cold, norm: 5000 }, [430], []],
    [
      'not when several months have passed',
      { ...cold, previous: { values: [412_615], readAt: '2026-01-10' } },
      [430],
      [],
    ],
    [
      'and the red digit is offered',
      from(plainLight, 420),
      [4300],
      [{ code: 'W_HIGH', consumption: 3_880_000, limit: 600_000, suggestion: [430_000] }],
    ],
    [
      'by what the transformer makes of it',
      { ...plainLight, ratio: 20 },
      [4300],
      [{ code: 'W_HIGH', consumption: 2_000_000, limit: 600_000 }],
    ],
    ['when nothing was used', hot, [240], [{ code: 'W_ZERO' }]],
    ['after the window', cold, [418], [{ code: 'W_WINDOW', period: '2026-04', late: true }], { today: '2026-03-26' }],
    [
      'before the window',
      cold,
      [418],
      [{ code: 'W_WINDOW', period: '2026-03', late: false }],
      { window: { fromDay: 21, toDay: 25 } },
    ],
    [
      'when the verification has run out',
      { ...cold, verificationUntil: '2026-03-19' },
      [418],
      [{ code: 'W_VERIFICATION', until: '2026-03-19' }],
    ],
    ['not on the last day of the verification', { ...cold, verificationUntil: '2026-03-20' }, [418], []],
  ]
  it.each(cases)('%s', (_, meter, values, doubts, other) => {
    const judged = judge(entry(meter, values), meter, { ...facts, ...other })
    expect(judged.refusal).toBeUndefined()
    expect(judged.doubts).toEqual(doubts)
  })
})

describe('decimals', () => {
  it('are cut down to those of the dial and of the centre, and the consumption is that of the dial', () => {
    expect(judge(entry(cold, [418.999]), { ...cold, decimals: 1 }, facts)).toMatchObject({
      entry: { values: [418_900] },
      consumption: [6285],
    })
    const whole = { ...facts, acceptDecimals: { ...facts.acceptDecimals, HVS: 0 } }
    expect(judge(entry(cold, [418.95]), cold, whole).entry.values).toEqual([418_000])
  })
  it.each([cold, from(cold, 99_987.4)])(
    'do not make a whole reading less than the previous one where only whole ones are taken',
    (meter) => {
      const whole = { ...facts, acceptDecimals: { ...facts.acceptDecimals, HVS: 0 } }
      const same = Math.floor((meter.previous?.values[0] ?? 0) / 1000)
      expect(judge(entry(meter, [same]), meter, whole)).toMatchObject({
        consumption: [0],
        doubts: [{ code: 'W_ZERO' }],
      })
    },
  )
})

describe('readings given together', () => {
  const usual = [
    { ...from(cold, 400), average6: 6000 },
    { ...from(hot, 200), average6: 4000 },
  ]
  it('are found exchanged, cold for hot', () => {
    const [first, second] = judgeAll([entry(cold, [204]), entry(hot, [406])], usual, facts)
    expect(first).toMatchObject({
      refusal: { code: 'E_LESS' },
      doubts: [{ code: 'W_SWAP', withMeterId: 'hot', values: [406_000] }],
    })
    expect(second?.doubts).toContainEqual({ code: 'W_SWAP', withMeterId: 'cold', values: [204_000] })
  })
  it('are found exchanged between kitchen and bath', () => {
    const meters = [from(cold, 400), from(cold2, 100)]
    expect(judgeAll([entry(cold, [105]), entry(cold2, [405])], meters, facts)[1]?.doubts).toContainEqual({
      code: 'W_SWAP',
      withMeterId: 'cold',
      values: [105_000],
    })
  })
  it('are left alone when the exchange explains nothing, or nothing needs explaining', () => {
    for (const values of [
      [404, 203],
      [204, 150],
      [404, 404],
    ]) {
      const doubts = judgeAll([entry(cold, [values[0] ?? 0]), entry(hot, [values[1] ?? 0])], usual, facts).flatMap(
        (one) => one.doubts,
      )
      expect(doubts.map(({ code }) => code)).not.toContain('W_SWAP')
    }
  })
  it('are not called exchanged when either way is usual', () => {
    const judged = judgeAll([entry(cold, [404]), entry(hot, [405])], [from(cold, 400), from(hot, 400)], facts)
    expect(judged.flatMap(({ doubts }) => doubts)).toEqual([])
  })
  it('are not called exchanged when that would need the passing of zero, or a meter without a previous reading', () => {
    const [first, second] = [entry(cold, [3]), entry(hot, [404])]
    const { previous: _, ...unread } = cold
    const nearEnd = judgeAll([first, second], [from(cold, 400), from(hot, 99_995)], facts)
    const unknown = judgeAll([entry(cold, [204]), entry(hot, [100])], [unread, from(hot, 200)], facts)
    expect([...nearEnd, ...unknown].flatMap(({ doubts }) => doubts)).toEqual([])
  })
  it('of a meter that is gone are closed', () => {
    expect(judgeAll([entry(cold, [1])], [hot], facts)).toEqual([
      { entry: entry(cold, [1]), refusal: { code: 'E_METER_CLOSED' }, doubts: [] },
    ])
  })
})

describe('whatever is given', () => {
  const dial = fc.integer({ min: 0, max: 99_999_999 })
  const anyMeter = fc.record({
    previous: dial,
    decimals: fc.integer({ min: 0, max: 3 }),
    average6: fc.integer({ min: 0, max: 10 ** 7 }),
  })
  it('nothing less than the previous reading is taken without asking about the passing of zero', () => {
    fc.assert(
      fc.property(
        anyMeter,
        fc.oneof(dial, fc.integer({ min: 0, max: 10 ** 12 })),
        fc.constantFrom(0, 1, 2, 3),
        (some, value, accepted) => {
          const meter = { ...cold, ...some, previous: { values: [some.previous], readAt: '2026-02-20' as LocalDate } }
          const acceptDecimals = { ...facts.acceptDecimals, HVS: accepted }
          const {
            refusal,
            doubts,
            entry: taken,
            consumption: used,
          } = judge({ meterId: 'cold', values: [value] }, meter, { ...facts, acceptDecimals })
          if (refusal) return
          const step = 10 ** (3 - Math.min(some.decimals, accepted))
          const [now = 0] = taken.values
          expect(now).toBeLessThan(10 ** 8)
          expect(now % step).toBe(0)
          expect(used?.[0]).toBeGreaterThanOrEqual(0)
          if (now < Math.floor(some.previous / step) * step)
            expect(doubts.map(({ code }) => code)).toContain('W_ROLLOVER')
        },
      ),
      { numRuns: 2000 },
    )
  })
})

function entry(meter: MeterOnHand, values: number[]) {
  return { meterId: meter.id, values: values.map((value) => Math.round(value * 1000)) }
}

function from(meter: MeterOnHand, previous: number): MeterOnHand {
  return { ...meter, previous: { values: [Math.round(previous * 1000)], readAt: '2026-02-20' } }
}
