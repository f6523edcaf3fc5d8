import { randomUUID } from 'node:crypto'
import type { Clock } from '../../src/infra/clock.ts'

export interface TestClock extends Clock {
  /** From now on it is this instant, and time goes on from there. */
  set(instant: string): void
}

export function testClock(instant: string): TestClock {
  let shift = Date.parse(instant) - Date.now()
  return {
    now: () => new Date(Date.now() + shift),
    id: () => randomUUID(),
    set: (to) => {
      shift = Date.parse(to) - Date.now()
    },
  }
}
