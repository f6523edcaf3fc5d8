import { describe, expect, test } from 'vitest'
import { parseUntil } from '../../src/domain/typedTime.ts'

const zone = 'Asia/Yekaterinburg'
/** Saturday, 28 November 2026, 14:30 in Yekaterinburg. */
const now = new Date('2026-11-28T09:30:00Z')

describe('a time until which something is put off', () => {
  test.each([
    ['17:30', '2026-11-28T12:30:00Z'],
    ['17.30', '2026-11-28T12:30:00Z'],
    ['до 17:30', '2026-11-28T12:30:00Z'],
    ['9:00', '2026-11-29T04:00:00Z'],
    ['14:30', '2026-11-29T09:30:00Z'],
    ['15', '2026-11-28T09:45:00Z'],
    ['30 мин', '2026-11-28T10:00:00Z'],
    ['через 30 минут', '2026-11-28T10:00:00Z'],
    ['30m', '2026-11-28T10:00:00Z'],
    ['через час', '2026-11-28T10:30:00Z'],
    ['на 2 часа', '2026-11-28T11:30:00Z'],
    ['2 ч.', '2026-11-28T11:30:00Z'],
    ['завтра', '2026-11-29T03:00:00Z'],
    ['завтра 9:00', '2026-11-29T04:00:00Z'],
    ['завтра в 9:00', '2026-11-29T04:00:00Z'],
    ['tomorrow at 9:00', '2026-11-29T04:00:00Z'],
    ['послезавтра', '2026-11-30T03:00:00Z'],
    ['сегодня 18:00', '2026-11-28T13:00:00Z'],
    ['01.12 10:00', '2026-12-01T05:00:00Z'],
    ['01.12', '2026-12-01T03:00:00Z'],
    ['01.12.2026 10:00', '2026-12-01T05:00:00Z'],
    ['3 дня', '2026-12-01T09:30:00Z'],
  ])('%s', (typed, expected) => {
    expect(parseUntil(typed, now, zone)?.toISOString()).toBe(new Date(expected).toISOString())
  })

  test.each([
    '',
    'потом',
    '25:00',
    '17:60',
    'сегодня 9:00',
    '0',
    '27.11',
    '31.02',
    '60 дней',
    'завтра 25:00',
    '17:30 и ещё',
  ])('is none: «%s»', (typed) => {
    expect(parseUntil(typed, now, zone)).toBeUndefined()
  })

  test('over New Year is next year’s', () => {
    expect(parseUntil('02.01 9:00', new Date('2026-12-30T10:00:00Z'), zone)?.toISOString()).toBe(
      '2027-01-02T04:00:00.000Z',
    )
  })
})
