import { describe, expect, test } from 'vitest'
import type { LocalDate } from '../../../src/domain/localDate.ts'
import { openSpans, parseOfficeHours } from '../../../src/domain/visits/officeHours.ts'
import { parseTopics } from '../../../src/domain/visits/topics.ts'
import { parseSpans } from '../../../src/domain/workingHours.ts'

const clock = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`

/** The spans of a day in short; Monday is 9 November 2026. */
function spans(text: string, day: LocalDate, days: Record<LocalDate, string> = {}): string | undefined {
  const hours = parseOfficeHours(text)
  const special = Object.entries(days).map(([date, given]) => [date as LocalDate, parseSpans(given) ?? []] as const)
  return (
    hours &&
    openSpans(hours, day, new Map(special))
      .map(({ from, to }) => `${clock(from)}-${clock(to)}`)
      .join(' ')
  )
}

const [monday, friday, saturday] = ['2026-11-09', '2026-11-13', '2026-11-14'] as const
const usual = 'mon-thu 08:00-17:00 break 12:00-12:48, fri 8:00-16:00 break 12:00-12:48'

test.each([
  ['mon 08:00-17:00 break 12:00-12:48', monday, '8:00-12:00 12:48-17:00'],
  ['mon 08:00-17:00 break 12:00-12:48', friday, ''],
  [usual, friday, '8:00-12:00 12:48-16:00'],
  [usual, saturday, ''],
  ['mon 08:00-17:00 tue-fri 9:00 - 18:00', friday, '9:00-18:00'],
  ['mon wed fri 09:00-12:00 14:00-18:00', friday, '9:00-12:00 14:00-18:00'],
  ['mon-fri 09:00-18:00 break 11:00-11:15 13:00-14:00', monday, '9:00-11:00 11:15-13:00 14:00-18:00'],
  ['mon-fri 09:00-18:00 break 17:00-18:00', monday, '9:00-17:00'],
  ['Пн–Пт 08:00–17:00 перерыв 12:00–13:00; Сб выходной', monday, '8:00-12:00 13:00-17:00'],
  [`${usual}, 2026-11-09 08:00-14:00; 2026-11-10 closed`, monday, '8:00-14:00'],
  [`${usual}, 2026-11-09 closed`, monday, ''],
  [`${usual}; 2026-11-14 10:00-14:00`, saturday, '10:00-14:00'],
] as const)('«%s» on %s: %s', (text, day, expected) => {
  expect(spans(text, day)).toBe(expected)
})

test.each([
  '',
  'mon',
  'closed',
  'mon-sun closed',
  'mon 17:00-08:00',
  'mon 08:00-25:00',
  'fri-mon 08:00-17:00',
  'mon 08:00-17:00 mon 09:00-12:00',
  'mon 08:00-17:00 break',
  'mon 08:00-12:00 break 13:00-14:00',
  'mon 08:00-12:00 11:00-15:00',
  'каждый день с восьми',
  '2026-02-30 08:00-12:00',
])('«%s» is not understood', (text) => {
  expect(parseOfficeHours(text)).toBeUndefined()
})

describe('days that are not like others, for all offices', () => {
  test.each([
    ['a short day', { [monday]: '08:00-14:00' }, '8:00-12:00 12:48-14:00'],
    ['a day off', { [monday]: '' }, ''],
    ['hours longer than its own', { [monday]: '07:00-20:00' }, '8:00-12:00 12:48-17:00'],
    ['two spans', { [monday]: '09:00-10:00,16:00-18:00' }, '9:00-10:00 16:00-17:00'],
    ['another day', { [friday]: '' }, '8:00-12:00 12:48-17:00'],
  ])('%s', (_, days, expected) => {
    expect(spans(usual, monday, days)).toBe(expected)
  })

  test('an office’s own single day comes first', () => {
    expect(spans(`${usual}; 2026-11-09 09:00-11:00`, monday, { [monday]: '' })).toBe('9:00-11:00')
  })
})

test.each([
  ['account,charges', ['account', 'charges']],
  [' Meters , debt,', ['meters', 'debt']],
  ['account,account', undefined],
  ['account,passport', undefined],
  ['', undefined],
])('topics «%s»', (text, expected) => {
  expect(parseTopics(text)).toEqual(expected)
})
