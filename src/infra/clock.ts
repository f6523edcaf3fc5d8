import { randomUUID } from 'node:crypto'

/** The only source of time and of new ids, so that a test's clock moves everything. */
export interface Clock {
  now(): Date
  /** A new UUID. */
  id(): string
}

export const systemClock: Clock = { now: () => new Date(), id: () => randomUUID() }
