import { expect, test } from 'vitest'
import type { LocalDate } from '../../../src/domain/localDate.ts'
import { afterWorkingDays, isWorkingDay } from '../../../src/domain/requests/workingDays.ts'
import { readConfig } from '../../../src/infra/config.ts'

const usual = { off: new Set<LocalDate>(), on: new Set<LocalDate>() }
const calendarOf = (HOLIDAYS: string) => readConfig({ HOLIDAYS }).rules.requests.calendar

test.each<[LocalDate, number, LocalDate, string]>([
  ['2026-11-10', 10, '2026-11-24', 'two weeks after a Tuesday'],
  ['2026-11-13', 1, '2026-11-16', 'a Friday: the day itself does not count, the weekend neither'],
  ['2026-11-14', 1, '2026-11-16', 'a Saturday'],
  ['2026-11-03', 1, '2026-11-05', 'over a holiday of every year'],
  ['2026-12-30', 10, '2027-01-21', 'over the New Year'],
])('from %s %i working days on it is %s: %s', (from, days, due) => {
  expect(afterWorkingDays(from, days, usual)).toBe(due)
})

test('days that the government has moved are days off, and worked', () => {
  const calendar = calendarOf('2026-12-31; 2027-01-09..2027-01-12; +2026-12-26; +2026-11-04')
  expect(isWorkingDay('2026-12-31', calendar)).toBe(false)
  expect(isWorkingDay('2026-12-26', calendar)).toBe(true)
  expect(isWorkingDay('2026-11-04', calendar)).toBe(true)
  expect(afterWorkingDays('2026-12-25', 5, calendar)).toBe('2027-01-13')
})

test.each(['31.12.2026', '2027-01-10..2027-01-09', '2026-02-30', '2027-01-01..2028-01-01', '-2026-12-26'])(
  'a calendar that cannot be read stops the start: %s',
  (given) => {
    expect(() => calendarOf(given)).toThrow(/^HOLIDAYS: expected days such as/)
  },
)

test('days are counted for all, for a kind and for a subject of it', () => {
  const { days } = readConfig({ REQUEST_DAYS: '7; question.charges=5 ;order=3' }).rules.requests
  expect(days.usual).toBe(7)
  expect(Object.fromEntries(days.of)).toMatchObject({ 'question.charges': 5, order: 3 })
  for (const wrong of ['0', '5;orders=3', '5;question.charge=3', '5;order', '5;order=0'])
    expect(() => readConfig({ REQUEST_DAYS: wrong })).toThrow(/^REQUEST_DAYS: expected working days such as/)
})
