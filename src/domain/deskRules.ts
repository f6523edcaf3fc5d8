import type { ChannelPolicy } from './channelPolicy.ts'
import type { DailyHours } from './hours.ts'
import type { LocalDate } from './localDate.ts'

/**
 * How consultants work (domain rules, §8). `days`: hours of days that are not like others, as configured. A consultant has at most `mostChats`
 * at once. Without an answer of his he is reminded after `remindMinutes`, and after `backMinutes` the resident goes back into the queue; when nobody
 * has taken one for `alarmMinutes`, supervisors are told. A resident who says nothing for `silenceMinutes` after an answer is asked whether
 * anything is left, and the talk is closed soon after. At the end of the hours a talk under way may go on for `graceMinutes`; `lateMinutes` before it those who come are told whether they will be answered today.
 * `talkMinutes`: how long a talk takes while today's pace is not known. `policy`: what of an account staff may see in the forum.
 */
export interface DeskRules {
  days: ReadonlyMap<LocalDate, readonly DailyHours[]>
  mostChats: number
  remindMinutes: number
  backMinutes: number
  alarmMinutes: number
  silenceMinutes: number
  graceMinutes: number
  lateMinutes: number
  talkMinutes: number
  policy: ChannelPolicy
}
