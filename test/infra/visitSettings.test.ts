import { expect, test } from 'vitest'
import { readConfig } from '../../src/infra/config.ts'

test('how offices are visited is the centre’s to decide', () => {
  expect(readConfig({}).rules.visits).toMatchObject({
    ...{ mostBookings: 2, horizonDays: 14, changeMinutes: 60, holdMinutes: 5, lateMinutes: 10 },
    ...{ mostMissed: 3, missedDays: 90, pauseDays: 30, remindEvening: 1080, remindMinutes: 60 },
    remindHours: { from: 480, to: 1320 },
  })
  const given = {
    ...{ VISITS_AT_ONCE: '3', VISITS_DAYS_AHEAD: '21', VISITS_CHANGE_MINUTES: '120', VISITS_HOLD_MINUTES: '10' },
    ...{ VISITS_REMIND_EVENING: '19:30', VISITS_REMIND_HOURS: '09:00-21:00' },
    OFFICE_DAYS: '2026-12-31=08:00-14:00;2027-01-01=',
  }
  const { visits } = readConfig(given).rules
  expect(visits).toMatchObject({ mostBookings: 3, horizonDays: 21, changeMinutes: 120, holdMinutes: 10 })
  expect(visits).toMatchObject({ remindEvening: 19 * 60 + 30, remindHours: { from: 540, to: 1260 } })
  expect([...visits.days]).toEqual([
    ['2026-12-31', [{ from: 480, to: 840 }]],
    ['2027-01-01', []],
  ])
})

test.each([
  ['OFFICE_DAYS', '31.12=08:00-14:00', '2026-12-31=08:00-14:00;2027-01-01='],
  ['VISITS_AT_ONCE', '0', 'a whole number from 1'],
  ['VISITS_REMIND_EVENING', '25:00', 'a time such as 18:00'],
  ['VISITS_REMIND_HOURS', 'day', 'hours such as 08:00-22:00'],
])('%s=%s stops the start, and says what is expected', (name, value, expected) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name}: expected`)
  expect(() => readConfig({ [name]: value })).toThrow(expected)
})
