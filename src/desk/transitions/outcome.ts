import type { HandOff } from './handOff.ts'

/**
 * Why nothing was done: `gone`, there is no such hand-off; `closed`, it is over; `open`, it is not; `waiting`, nobody has it; `taken`, somebody else
 * (`by`) has; `yours`, he has it already; `full`, he has as many chats as he may (`most`); `wasYours`, it came back from him because he did not
 * answer, and there are others; `late`, it has been over for more than a day; `another`, the resident has a newer one under way.
 */
export type Refusal =
  | { kind: 'refused'; why: 'gone' | 'closed' | 'open' | 'waiting' | 'yours' | 'wasYours' | 'late' | 'another' }
  | { kind: 'refused'; why: 'taken'; by: string }
  | { kind: 'refused'; why: 'full'; most: number }

/** `handOff` as it was before. */
export type Outcome = { kind: 'done'; handOff: HandOff } | Refusal

export type Why = Exclude<Refusal['why'], 'taken' | 'full'>

export const refused = (why: Why): Refusal => ({ kind: 'refused', why })
export const takenBy = (by: string): Refusal => ({ kind: 'refused', why: 'taken', by })
