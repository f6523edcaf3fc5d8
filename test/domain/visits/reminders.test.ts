import { expect, test } from 'vitest'
import { remindersOf } from '../../../src/domain/visits/reminders.ts'
import { readConfig } from '../../../src/infra/config.ts'

const { rules } = readConfig({})
const at = (hour: number, minute = 0) => ({ date: '2026-11-13' as const, minute: hour * 60 + minute })

/** Instants of Yekaterinburg, five hours ahead of UTC. */
test.each([
  [
    'days before',
    at(15),
    '2026-11-10T07:00:00Z',
    ['evening 2026-11-12T13:00:00.000Z', 'soon 2026-11-13T09:00:00.000Z'],
  ],
  ['late in the evening before', at(15), '2026-11-12T15:00:00Z', ['soon 2026-11-13T09:00:00.000Z']],
  [
    'for so early that an hour before nobody may be disturbed',
    at(8, 30),
    '2026-11-10T07:00:00Z',
    ['evening 2026-11-12T13:00:00.000Z'],
  ],
  [
    'for the first hour that one may be reminded of',
    at(9),
    '2026-11-10T07:00:00Z',
    ['evening 2026-11-12T13:00:00.000Z', 'soon 2026-11-13T03:00:00.000Z'],
  ],
  ['less than an hour before', at(15), '2026-11-13T09:30:00Z', []],
])('whoever books %s is reminded of what lies ahead', (_, visit, now, expected) => {
  expect(remindersOf(visit, new Date(now), rules).map(({ name, at }) => `${name} ${at.toISOString()}`)).toEqual(
    expected,
  )
})
