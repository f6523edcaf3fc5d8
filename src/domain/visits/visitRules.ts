import type { DailyHours } from '../hours.ts'
import type { LocalDate } from '../localDate.ts'

/**
 * How offices are visited (domain.md, section 6). `days`: hours of days on which no office is open any longer than so; an empty list is a day off.
 * A resident has at most `mostBookings` at once, no later than `horizonDays` after today, and may cancel or move one until `changeMinutes` before it. A
 * place is held for `holdMinutes` while he makes sure; who comes `lateMinutes` late may find it given away. Who was awaited in vain
 * `mostMissed` times within `missedDays` books nothing for `pauseDays` from the last time on. He is reminded at `remindEvening` (minutes since
 * midnight) the day before and `remindMinutes` before, both only within `remindHours`.
 */
export interface VisitRules {
  days: ReadonlyMap<LocalDate, readonly DailyHours[]>
  mostBookings: number
  horizonDays: number
  changeMinutes: number
  holdMinutes: number
  lateMinutes: number
  mostMissed: number
  missedDays: number
  pauseDays: number
  remindEvening: number
  remindMinutes: number
  remindHours: DailyHours
}
