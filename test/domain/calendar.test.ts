import { describe, expect, it } from 'vitest'
import { isWithin, nextMomentWithin, parseDailyHours } from '../../src/domain/hours.ts'
import {
  addDays,
  addMonths,
  compareDates,
  daysBetween,
  isLocalDate,
  localDateOf,
  localMinuteOfDay,
  parseLocalDate,
} from '../../src/domain/localDate.ts'
import { addPeriods, entersPeriod, monthsBetween, nextPeriod, parseReadingsWindow } from '../../src/domain/period.ts'

const ekaterinburg = 'Asia/Yekaterinburg'

describe('local days', () => {
  it('belong to the local midnight, not to that of Greenwich', () => {
    expect(localDateOf(new Date('2026-03-25T18:59:59Z'), ekaterinburg)).toBe('2026-03-25')
    expect(localDateOf(new Date('2026-03-25T19:00:00Z'), ekaterinburg)).toBe('2026-03-26')
    expect(localMinuteOfDay(new Date('2026-03-25T18:59:59Z'), ekaterinburg)).toBe(23 * 60 + 59)
  })
  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '2026-04-31', '', '0000-01-01'])(
    'do not include %j',
    (text) => {
      expect(isLocalDate(text)).toBe(false)
    },
  )
  it('are read as billing files write them', () => {
    expect(parseLocalDate('29.02.2028')).toBe('2028-02-29')
    expect(parseLocalDate(' 2026-03-01 ')).toBe('2026-03-01')
    expect(parseLocalDate('31.04.2026')).toBeUndefined()
  })
  it('move over the ends of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
    expect(daysBetween('2026-02-20', '2026-03-02')).toBe(10)
    expect(compareDates('2026-02-20', '2026-03-02')).toBeLessThan(0)
  })
})

describe('billing periods', () => {
  it('follow each other over the new year', () => {
    expect(nextPeriod('2026-12')).toBe('2027-01')
    expect(addPeriods('2026-02', -3)).toBe('2025-11')
    expect(monthsBetween('2025-11', '2026-02')).toBe(3)
  })
  it.each([
    ['2026-03-25', 1, 25, '2026-03', false],
    ['2026-03-26', 1, 25, '2026-04', true],
    ['2026-03-05', 15, 25, '2026-03', false],
    ['2026-12-31', 1, 25, '2027-01', true],
    ['2026-02-28', 1, 31, '2026-02', false],
  ] as const)('take a reading of %s in a window %i-%i into %s', (today, fromDay, toDay, period, late) => {
    expect(entersPeriod(today, { fromDay, toDay })).toEqual({ period, late })
  })
  it('have a window of two days of a month in order', () => {
    expect(parseReadingsWindow('1-25')).toEqual({ fromDay: 1, toDay: 25 })
    for (const wrong of ['25-1', '0-25', '1-32', '1', 'x-y']) expect(parseReadingsWindow(wrong)).toBeUndefined()
  })
})

describe('daily hours', () => {
  const day = { from: 9 * 60, to: 21 * 60 }
  it('are open at their beginning and closed at their end', () => {
    expect([8 * 60 + 59, 9 * 60, 20 * 60 + 59, 21 * 60].map((minute) => isWithin(minute, day))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(parseDailyHours('00:00-24:00')).toEqual({ from: 0, to: 1440 })
  })
  it.each(['20:00-08:00', '8-20', '08:00-24:01', '08:60-20:00', '08:00'])('are not %j', (text) => {
    expect(parseDailyHours(text)).toBeUndefined()
  })
  it.each([
    ['at once within them', '2026-03-25T10:00:00Z', '2026-03-25T10:00:00Z'],
    ['this morning before them', '2026-03-24T22:00:00Z', '2026-03-25T04:00:00Z'],
    ['next morning after them', '2026-03-25T16:00:00Z', '2026-03-26T04:00:00Z'],
  ])('let a reminder out %s', (_, at, expected) => {
    expect(nextMomentWithin(new Date(at), day, ekaterinburg)).toEqual(new Date(expected))
  })
})
