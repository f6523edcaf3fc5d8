import { describe, expect, it } from 'vitest'
import { dayOf, deskMoment } from '../../src/domain/deskMoment.ts'
import type { LocalDate } from '../../src/domain/localDate.ts'
import { closesAt, isOpenAt, opensAt, parseSpans, spansOf, type WorkingHours } from '../../src/domain/workingHours.ts'

const timeZone = 'Asia/Yekaterinburg'
/** Local time there. */
const at = (moment: string) => new Date(`${moment}+05:00`)
const spans = (text: string) => parseSpans(text) ?? []
const hours = (daily = '08:00-20:00', days: Record<LocalDate, string> = {}): WorkingHours => ({
  timeZone,
  daily: spans(daily)[0] ?? { from: 0, to: 0 },
  days: new Map(Object.entries(days).map(([day, text]) => [day as LocalDate, spans(text)])),
})

describe('spans', () => {
  it('are read in order, without overlaps, and none is a day off', () => {
    expect(parseSpans('08:00-12:00, 13:00-16:00')).toEqual([
      { from: 480, to: 720 },
      { from: 780, to: 960 },
    ])
    expect(parseSpans(' ')).toEqual([])
    for (const wrong of ['8-20', '13:00-16:00,08:00-12:00', '08:00-12:00,11:00-16:00', '20:00-08:00', '08:00-12:00,'])
      expect(parseSpans(wrong)).toBeUndefined()
  })
})

describe('hours', () => {
  it('are half-open: at eight they are there, at twenty they are not', () => {
    const moments = ['07:59:59.999', '08:00:00', '19:59:59.999', '20:00:00']
    expect(moments.map((time) => isOpenAt(hours(), at(`2026-11-28T${time}`)))).toEqual([false, true, true, false])
    expect(closesAt(hours(), at('2026-11-28T19:59:59'))).toEqual(at('2026-11-28T20:00:00'))
    expect(opensAt(hours(), at('2026-11-28T20:00:00'))).toEqual(at('2026-11-29T08:00:00'))
    expect(opensAt(hours(), at('2026-11-28T08:00:00'))).toBeUndefined()
    expect(closesAt(hours(), at('2026-11-28T20:00:00'))).toBeUndefined()
  })
  it('have a second span on some days', () => {
    const own = hours('08:00-20:00', { '2026-11-28': '08:00-12:00,13:00-16:00' })
    expect(closesAt(own, at('2026-11-28T11:00:00'))).toEqual(at('2026-11-28T12:00:00'))
    expect(isOpenAt(own, at('2026-11-28T12:30:00'))).toBe(false)
    expect(opensAt(own, at('2026-11-28T12:30:00'))).toEqual(at('2026-11-28T13:00:00'))
    expect(opensAt(own, at('2026-11-28T16:00:00'))).toEqual(at('2026-11-29T08:00:00'))
  })
  it('pass over holidays and the New Year', () => {
    const own = hours('08:00-20:00', { '2026-12-31': '08:00-15:00', '2027-01-01': '', '2027-01-02': '' })
    expect(opensAt(own, at('2026-12-31T15:00:00'))).toEqual(at('2027-01-03T08:00:00'))
    expect(spansOf(own, '2027-01-01')).toEqual([])
  })
  it('of all the day never end, and those up to midnight do', () => {
    expect(closesAt(hours('00:00-24:00'), at('2026-11-28T12:00:00'))).toBeUndefined()
    expect(isOpenAt(hours('00:00-24:00'), at('2026-11-29T00:00:00'))).toBe(true)
    expect(closesAt(hours('10:00-24:00'), at('2026-11-28T12:00:00'))).toEqual(at('2026-11-29T00:00:00'))
    expect(isOpenAt(hours('10:00-24:00'), at('2026-11-29T00:00:00'))).toBe(false)
  })
  it('that touch at midnight are one', () => {
    const own = hours('10:00-24:00', { '2026-11-29': '00:00-02:00' })
    expect(closesAt(own, at('2026-11-28T23:00:00'))).toEqual(at('2026-11-29T02:00:00'))
    expect(deskMoment(own, at('2026-11-29T01:00:00'))).toEqual({
      is: 'open',
      since: at('2026-11-28T10:00:00'),
      closedBefore: at('2026-11-28T00:00:00'),
    })
  })
})

describe('a moment of the desk', () => {
  const own = hours('08:00-20:00', { '2026-11-28': '08:00-12:00,13:00-16:00', '2026-12-31': '08:00-15:00' })
  const holidays = hours('08:00-20:00', Object.fromEntries([1, 2, 3, 4].map((day) => [`2027-01-0${day}`, ''])))
  it.each([
    ['2026-11-28T07:00:00', { is: 'closed', closedAt: at('2026-11-27T20:00:00') }],
    ['2026-11-28T08:00:00', { is: 'open', since: at('2026-11-28T08:00:00'), closedBefore: at('2026-11-27T20:00:00') }],
    ['2026-11-28T12:00:00', { is: 'pause', closedAt: at('2026-11-28T12:00:00') }],
    ['2026-11-28T13:00:00', { is: 'open', since: at('2026-11-28T13:00:00'), closedBefore: at('2026-11-28T12:00:00') }],
    ['2026-11-28T16:00:00', { is: 'closed', closedAt: at('2026-11-28T16:00:00') }],
    ['2026-11-29T00:00:00', { is: 'closed', closedAt: at('2026-11-28T16:00:00') }],
  ])('at %s is told', (moment, told) => {
    expect(deskMoment(own, at(moment))).toEqual(told)
  })
  it('after holidays knows the last closing before them', () => {
    expect(deskMoment(holidays, at('2027-01-05T09:00:00'))).toEqual({
      is: 'open',
      since: at('2027-01-05T08:00:00'),
      closedBefore: at('2026-12-31T20:00:00'),
    })
    expect(deskMoment(holidays, at('2027-01-01T00:00:00'))).toEqual({
      is: 'closed',
      closedAt: at('2026-12-31T20:00:00'),
    })
  })
  it('has no opening when they are always there', () => {
    expect(deskMoment(hours('00:00-24:00'), at('2026-11-28T00:00:00'))).toEqual({ is: 'open' })
  })
  it('of a day tells its first opening and last closing', () => {
    expect(dayOf(own, '2026-11-28')).toEqual({ opens: at('2026-11-28T08:00:00'), closes: at('2026-11-28T16:00:00') })
    expect(dayOf(holidays, '2027-01-01')).toBeUndefined()
  })
})
