import { expect, test } from 'vitest'
import { stretchAfter, stretchAt, stretchEnd } from '../../src/jobs/stretches.ts'
import { testClock } from '../support/clock.ts'

test.each([
  ['at its beginning', '2026-11-20T07:00:00.000Z'],
  ['near its end', '2026-11-20T07:00:09.990Z'],
])('a stretch that is taken up %s has the name of its time, and the one after it another', (_, at) => {
  const clock = testClock(at)
  const stretch = stretchAt(clock.now())
  expect(stretch).toBe(stretchAt(new Date('2026-11-20T07:00:00Z')))
  expect(stretchEnd(clock)()).toBe(false)
  // Where it is over while its time still runs, the next one must not have the name of what is just being done.
  expect(stretchAfter({ stretch }, clock.now())).toBe(stretch + 1)
  expect(stretchAfter({ stretch }, new Date('2026-11-20T07:01:00Z'))).toBe(stretch + 6)
})
