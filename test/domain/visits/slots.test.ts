import { describe, expect, test } from 'vitest'
import type { LocalDate } from '../../../src/domain/localDate.ts'
import { limitReached, mayChange, pausedUntil } from '../../../src/domain/visits/limits.ts'
import type { Office } from '../../../src/domain/visits/office.ts'
import { parseOfficeHours } from '../../../src/domain/visits/officeHours.ts'
import { freeTimes, freeWindows, slotsOf, whyNotOffered } from '../../../src/domain/visits/slots.ts'
import { ticketFor } from '../../../src/domain/visits/ticket.ts'
import { readConfig } from '../../../src/infra/config.ts'

const { visits } = readConfig({}).rules
const clock = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`

function office(hours: string, more: Partial<Office> = {}): Office {
  const opening = parseOfficeHours(hours)
  if (!opening) throw new Error(hours)
  const usual = {
    id: 'o',
    name: 'o',
    district: 'KIR',
    address: 'a',
    windows: 2,
    slotMinutes: 15,
    topics: ['debt'] as const,
  }
  return { ...usual, hours, opening, ...more }
}

const tuesday: LocalDate = '2026-11-10'
const moment = { today: tuesday, minute: 9 * 60 }

test.each([
  ['tue 09:00-10:00', 15, '9:00 9:15 9:30 9:45'],
  ['tue 09:00-10:00', 20, '9:00 9:20 9:40'],
  ['tue 09:00-09:50', 20, '9:00 9:20'],
  ['tue 09:00-10:00 break 09:30-09:48', 15, '9:00 9:15'],
  ['tue 09:00-10:30 break 09:20-09:48', 20, '9:00 9:48 10:08'],
  ['mon 09:00-10:00', 15, ''],
])('«%s», a visit takes %i minutes: %s', (hours, slotMinutes, expected) => {
  expect(slotsOf(office(hours, { slotMinutes }), tuesday, visits).map(clock).join(' ')).toBe(expected)
})

test.each([
  ['2026-11-10', undefined, true],
  ['2026-11-11', undefined, false],
  ['2026-11-01', '2026-11-09', false],
  ['2026-11-01', '2026-11-10', true],
  [undefined, '2026-11-10', true],
  [undefined, '2026-11-09', false],
] as const)('closed from %s to %s: %s', (closedFrom, closedTo, closed) => {
  const closing = { ...(closedFrom && { closedFrom }), ...(closedTo && { closedTo }) }
  expect(slotsOf(office('tue 09:00-10:00', closing), tuesday, visits).length === 0).toBe(closed)
})

describe('free', () => {
  const place = (minute: number, window: number, minutes = 15) => ({ minute, minutes, window })

  test('are times that have not begun and have a window left', () => {
    const occupied = [place(555, 1), place(570, 1), place(570, 2), place(585, 3)]
    expect(freeTimes(office('tue 09:00-10:00'), tuesday, occupied, moment, visits)).toEqual([
      { minute: 555, free: 1 },
      { minute: 585, free: 2 },
    ])
  })

  test('is no window where a visit of another length lasts into this one, or begins within it', () => {
    const one = office('tue 09:00-10:00', { windows: 3 })
    expect(freeWindows(one, 555, [place(540, 1, 20), place(565, 2, 20), place(535, 3, 20)])).toEqual([3])
  })
})

test.each([
  [{ date: '2026-11-10', minute: 540 }, 'tooLate'],
  [{ date: '2026-11-09', minute: 900 }, 'tooLate'],
  [{ date: '2026-11-10', minute: 555 }, undefined],
  [{ date: '2026-11-24', minute: 540 }, undefined],
  [{ date: '2026-12-01', minute: 540 }, 'outOfHorizon'],
  [{ date: '2026-11-10', minute: 550 }, 'officeClosed'],
  [{ date: '2026-11-11', minute: 555 }, 'officeClosed'],
  [{ date: '2026-11-10', minute: 555, topic: 'meters' }, 'officeClosed'],
] as const)('why %j cannot be booked: %s', (given, why) => {
  expect(whyNotOffered(office('tue 09:00-10:00'), { topic: 'debt', ...given }, moment, visits)).toBe(why)
})

test('one booking a topic, two in all, the one that is moved not counted', () => {
  const [debt, meters] = [
    { id: 'd', topic: 'debt' },
    { id: 'm', topic: 'meters' },
  ] as const
  expect(limitReached([], 'debt', visits)).toBeUndefined()
  expect(limitReached([debt], 'meters', visits)).toBeUndefined()
  expect(limitReached([debt], 'debt', visits)).toEqual({ of: 'topic', booking: 'd' })
  expect(limitReached([debt], 'debt', visits, 'd')).toBeUndefined()
  expect(limitReached([debt, meters], 'charges', visits)).toEqual({ of: 'all', most: 2 })
  expect(limitReached([debt, meters], 'charges', visits, 'm')).toBeUndefined()
  expect(limitReached([debt, meters], 'charges', { ...visits, mostBookings: 3 })).toBeUndefined()
})

test.each([
  [['2026-11-02', '2026-11-03'], undefined],
  [['2026-11-02', '2026-11-03', '2026-11-05'], '2026-12-05'],
  [['2026-11-05', '2026-08-08', '2026-08-20'], '2026-12-05'],
  [['2026-11-05', '2026-08-07', '2026-08-20'], undefined],
  [['2026-10-11', '2026-10-09', '2026-10-08'], undefined],
  [['2026-10-12', '2026-10-09', '2026-10-08'], '2026-11-11'],
  [['2026-11-05', '2026-10-13', '2026-08-01', '2026-07-20'], '2026-11-12'],
] as const)('awaited in vain on %j: books nothing until %s', (missed, until) => {
  expect(pausedUntil(missed, tuesday, visits)).toBe(until)
})

test.each([
  [tuesday, 600, true],
  [tuesday, 599, false],
  [tuesday, 540, false],
  ['2026-11-11', 0, true],
  ['2026-11-09', 900, false],
] as const)('a visit on %s at minute %i may be changed: %s', (date, minute, may) => {
  expect(mayChange({ date, minute }, moment, visits)).toBe(may)
})

test('over midnight the hour is counted too', () => {
  expect(mayChange({ date: '2026-11-11', minute: 30 }, { today: tuesday, minute: 23 * 60 + 45 }, visits)).toBe(false)
})

test('a ticket is the topic’s letter and three digits that nobody has that day', () => {
  expect(ticketFor('meters', new Set(), 1042)).toBe('М042')
  expect(ticketFor('account', new Set(['А999', 'А000']), 999)).toBe('А001')
  const all = new Set(Array.from({ length: 1000 }, (_, nth) => `А${String(nth).padStart(3, '0')}`))
  expect(ticketFor('account', all, 5)).toBeUndefined()
})
