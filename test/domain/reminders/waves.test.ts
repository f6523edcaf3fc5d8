import { describe, expect, test } from 'vitest'
import { nextMonth, tomorrowOf } from '../../../src/domain/reminders/again.ts'
import { costOfLateness } from '../../../src/domain/reminders/lateVerification.ts'
import { isOvertaken, wavesAt, wavesOf } from '../../../src/domain/reminders/waves.ts'
import { readConfig } from '../../../src/infra/config.ts'

const { rules } = readConfig({})
const idsOf = (day: `${number}-${number}-${number}`, more = {}) =>
  wavesOf(day, { ...rules, reminders: { ...rules.reminders, ...more } }).map(({ id }) => id)

describe('the waves of a day', () => {
  test.each([
    ['2026-11-20', ['readings:2026-11:1', 'due:2026-11-23', 'verification:2026-11-20', 'rating:2026-11-19']],
    ['2026-11-18', ['due:2026-11-21', 'debt:2026-11', 'verification:2026-11-18', 'rating:2026-11-17']],
    ['2026-11-24', ['readings:2026-11:2', 'due:2026-11-27', 'verification:2026-11-24', 'rating:2026-11-23']],
    ['2026-11-03', ['bill:2026-10:2026-11-03', 'due:2026-11-06', 'verification:2026-11-03', 'rating:2026-11-02']],
    ['2026-11-30', ['due:2026-12-03', 'verification:2026-11-30', 'rating:2026-11-29']],
    ['2027-01-01', ['bill:2026-12:2027-01-01', 'due:2027-01-04', 'verification:2027-01-01', 'rating:2026-12-31']],
  ] as const)('%s', (day, ids) => {
    expect(idsOf(day)).toEqual(ids)
  })

  test('a day that the month does not have is its last one', () => {
    expect(idsOf('2027-02-28', { readingsDays: [], debtDay: 31 })).toContain('debt:2027-02')
  })

  test('nobody is reminded of readings after the window has closed', () => {
    expect(idsOf('2026-11-26', { readingsDays: [26] }).filter((id) => id.startsWith('readings'))).toEqual([])
  })

  test('only what the centre wants sent', () => {
    expect(idsOf('2026-11-20', { waves: ['readings'] })).toEqual(['readings:2026-11:1'])
  })
})

describe('a wave of readings that has been held up for days', () => {
  test.each([
    ['2026-11-23', 'readings:2026-11:1', {}, false],
    ['2026-11-24', 'readings:2026-11:1', {}, true],
    ['2026-11-24', 'readings:2026-11:2', {}, false],
    ['2026-11-25', 'readings:2026-11:1', { readingsDays: [20, 26] }, false],
    ['2026-11-24', 'readings:2026-11:1', { waves: ['bill'] }, false],
  ] as const)('on %s %s is left to the next one, with %j: %s', (day, about, more, isIt) => {
    expect(isOvertaken(about, day, { ...rules, reminders: { ...rules.reminders, ...more } })).toBe(isIt)
  })
})

describe('the waves that are to have begun', () => {
  const at = (instant: string) =>
    wavesAt(new Date(instant), { ...rules, reminders: { ...rules.reminders, waves: ['readings', 'bill'] } })

  test('begin at their hour in the centre’s time zone', () => {
    expect(at('2026-11-20T05:59:59Z')).toEqual([])
    expect(at('2026-11-20T06:00:00Z')).toMatchObject([
      { id: 'readings:2026-11:1', about: 'readings:2026-11:1', dueAt: new Date('2026-11-20T06:00:00Z') },
    ])
  })

  test('are begun two days late, and no later', () => {
    expect(at('2026-11-22T18:00:00Z').map(({ id }) => id)).toEqual(['readings:2026-11:1'])
    expect(at('2026-11-23T18:00:00Z')).toEqual([])
  })

  test('of several about one month only the latest', () => {
    expect(at('2026-11-03T12:00:00Z').map(({ id }) => id)).toEqual(['bill:2026-10:2026-11-03'])
  })
})

test.each([
  ['readings', '2026-11-20', { day: '2026-11-21', byWave: false }],
  ['readings', '2026-11-23', { day: '2026-11-24', byWave: true }],
  ['readings', '2026-11-24', { day: '2026-11-25', byWave: false }],
  ['readings', '2026-11-25', undefined],
  ['due', '2026-11-25', { day: '2026-11-26', byWave: false }],
] as const)('tomorrow of %s on %s', (kind, today, expected) => {
  const found = tomorrowOf(kind, today, rules)
  if (expected) expect(found).toMatchObject(expected)
  else expect(found).toBeUndefined()
})

test('whoever wants nothing of it this month is reminded again from the first day of the next one', () => {
  expect(nextMonth('2026-12-31')).toBe('2027-01-01')
})

describe('a month by the norm with the multiplier', () => {
  const { normMultipliers } = rules.reminders
  /** 3 persons, a norm of 4.9 m³ each: 14.7 m³ × 3 = 44.1 m³ in place of 6.335 m³ for 333.41 ₽. */
  const cold = {
    service: 'HVS',
    norm: 4_900,
    persons: 3,
    rows: [{ service: 'HVS', volume: 63_350, accrued: 33_341 }],
  } as const

  test('is estimated by what the last month has cost', () => {
    expect(costOfLateness(cold, normMultipliers)).toEqual({ usual: 33_341, late: 232_098 })
  })

  test('of hot water takes in its heat', () => {
    const rows = [
      { service: 'GVS_WATER', volume: 32_840, accrued: 17_284 },
      { service: 'GVS_HEAT', volume: 1_967, accrued: 57_308 },
    ]
    expect(costOfLateness({ service: 'GVS', norm: 4_010, persons: 3, rows }, normMultipliers)).toEqual({
      usual: 74_592,
      late: 409_870,
    })
  })

  test.each([
    ['without a norm', { norm: undefined }],
    ['without last month’s volume', { rows: [{ service: 'HVS', accrued: 33_341 }] }],
    ['of a service without a multiplier', { service: 'HEAT' }],
    ['that costs no more', { norm: 10 }],
  ] as const)('is not estimated %s', (_, more) => {
    expect(costOfLateness({ ...cold, ...more }, normMultipliers)).toBeUndefined()
  })
})
