import type { LocalDate } from '../domain/localDate.ts'
import type { Rules } from '../domain/rules.ts'
import type { ChatId } from '../engine/event.ts'
import type { Words } from '../engine/text.ts'
import type { Clock } from '../infra/clock.ts'
import type { Sql } from '../infra/database.ts'

/** What an effect is given: the turn's transaction, who acts, and when. Whatever it writes is undone with the turn. */
export interface EffectContext {
  sql: Sql
  chat: ChatId
  /** Of the save that ends this turn: what the turn shows is known by it. */
  revision: number
  /** Absent before consent. */
  resident: string | undefined
  now: Date
  today: LocalDate
  clock: Clock
  rules: Rules
  words: Words
  limits: LinkLimits
  /** Keys the hash by which attempts on an account are counted. */
  hashKey: string
  log: { info(facts: object, message: string): void; warn(facts: object, message: string): void }
}

/** How many failed attempts to link are taken: by a chat in 24 hours, of an account in 24 hours, and by everybody in an hour. */
export interface LinkLimits {
  perChat: number
  perAccount: number
  overall: number
}

/** The resident of a turn in a dialog that cannot be reached before consent. */
export function residentOf({ resident }: EffectContext): string {
  if (resident === undefined) throw new Error('this effect needs a resident')
  return resident
}
