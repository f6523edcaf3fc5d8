import { addDays, type LocalDate } from '../localDate.ts'
import { addPeriods, periodOf } from '../period.ts'
import type { Rules } from '../rules.ts'
import type { DutyKind } from './kinds.ts'
import { reminderMoment, wavesOf } from './waves.ts'

/**
 * When «завтра» is. `byWave`: a wave of that kind comes tomorrow by itself, nothing else is to be planned. Nothing for readings when the window closes
 * before.
 */
export function tomorrowOf(
  kind: DutyKind,
  today: LocalDate,
  rules: Pick<Rules, 'timeZone' | 'reminders' | 'readingsWindow'>,
): { day: LocalDate; at: Date; byWave: boolean } | undefined {
  const day = addDays(today, 1)
  if (kind === 'readings' && Number(today.slice(8, 10)) >= rules.readingsWindow.toDay) return undefined
  const byWave = kind === 'readings' && wavesOf(day, rules).some((wave) => wave.kind === kind)
  return { day, at: reminderMoment(day, rules), byWave }
}

/** The first day on which somebody who wants nothing of it this month is reminded again. */
export const nextMonth = (today: LocalDate): LocalDate => `${addPeriods(periodOf(today), 1)}-01`
