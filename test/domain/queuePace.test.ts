import { describe, expect, it } from 'vitest'
import { expectedWait, minutesPerTalk } from '../../src/domain/queuePace.ts'

const at = (time: string) => new Date(`2026-11-28T${time}:00Z`)
const talk = (by: string, from: string, until: string) => ({ by, from: at(from), until: at(until) })

describe('minutes a talk takes', () => {
  it('are those of the fallback while fewer than three have ended', () => {
    expect(minutesPerTalk([], 7)).toBe(7)
    expect(minutesPerTalk([talk('1', '08:00', '09:00'), talk('1', '09:00', '10:00')], 7)).toBe(7)
  })
  it('are the time of one who had them one after another', () => {
    const talks = [talk('1', '08:00', '08:10'), talk('1', '08:10', '08:30'), talk('1', '09:00', '09:30')]
    expect(minutesPerTalk(talks, 7)).toBe(20)
  })
  it('are fewer when he had several at once', () => {
    const talks = [talk('1', '08:00', '08:30'), talk('1', '08:10', '08:20'), talk('1', '08:00', '08:30')]
    expect(minutesPerTalk(talks, 7)).toBe(10)
  })
  it('count the time of each consultant', () => {
    const talks = [talk('1', '08:00', '08:30'), talk('2', '08:00', '08:30'), talk('2', '08:30', '09:00')]
    expect(minutesPerTalk(talks, 7)).toBe(30)
  })
  it('are at least one', () => {
    expect(
      minutesPerTalk(
        [1, 2, 3].map(() => talk('1', '08:00', '08:00')),
        7,
      ),
    ).toBe(1)
  })
})

describe('the expected wait', () => {
  it.each([
    [1, 7, 1, 7],
    [1, 7, 2, 4],
    [1, 1, 8, 1],
    [2, 7, 1, 15],
    [5, 7, 3, 15],
    [9, 7, 1, 90],
    [60, 7, 7, 60],
  ])('at place %i with %i minutes a talk and %i consultants is %i minutes', (place, minutes, consultants, wait) => {
    expect(expectedWait({ place, minutesPerTalk: minutes, consultants })).toBe(wait)
  })
  it('is not known while nobody is there', () => {
    expect(expectedWait({ place: 1, minutesPerTalk: 7, consultants: 0 })).toBeUndefined()
  })
})
