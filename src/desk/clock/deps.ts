import type { Rules } from '../../domain/rules.ts'
import type { Words } from '../../engine/text.ts'
import type { Clock } from '../../infra/clock.ts'
import type { Database } from '../../infra/database.ts'
import type { HoursReader } from '../../queries/workingHours.ts'
import type { DeskChannel } from '../channel.ts'
import type { TodayNumbers } from '../report.ts'

/**
 * What the desk's clock works with. `forums`: the staff's; supervisors read the first one. `picture` draws a day's numbers and answers the id
 * of the stored file; without it, or when it fails, the numbers go without. `changed` wakes whoever delivers.
 */
export interface ClockDeps {
  database: Database
  clock: Clock
  rules: Rules
  words: Words
  hours: HoursReader
  forums: readonly string[]
  linkTo: DeskChannel['linkTo']
  picture?: (numbers: TodayNumbers) => Promise<string>
  log: { warn(facts: object, message: string): void }
  changed(): void
}

export const minutesAfter = (instant: Date, minutes: number): Date => new Date(instant.getTime() + minutes * 60_000)
