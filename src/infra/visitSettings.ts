import { z } from 'zod'
import { parseDailyHours } from '../domain/hours.ts'
import type { VisitRules } from '../domain/visits/visitRules.ts'
import { parsed, specialDays, wholeNumber } from './settingShapes.ts'

const hours = 'hours such as 08:00-22:00'
const time = 'a time such as 18:00'

const timeOfDay = (given: string): number | undefined => parseDailyHours(`${given.trim()}-24:00`)?.from

/** How offices are visited. */
export const visitShape = {
  OFFICE_DAYS: parsed(specialDays, 'days and their hours such as 2026-12-31=08:00-14:00;2027-01-01=').optional(),
  VISITS_AT_ONCE: wholeNumber(2),
  VISITS_DAYS_AHEAD: wholeNumber(14),
  VISITS_CHANGE_MINUTES: wholeNumber(60),
  VISITS_HOLD_MINUTES: wholeNumber(5),
  VISITS_LATE_MINUTES: wholeNumber(10),
  VISITS_MISSED: wholeNumber(3),
  VISITS_MISSED_DAYS: wholeNumber(90),
  VISITS_PAUSE_DAYS: wholeNumber(30),
  VISITS_REMIND_EVENING: parsed(timeOfDay, time).default(18 * 60),
  VISITS_REMIND_MINUTES: wholeNumber(60),
  VISITS_REMIND_HOURS: parsed(parseDailyHours, hours).default({ from: 8 * 60, to: 22 * 60 }),
}

const all = z.object(visitShape)

export function visitRulesOf(env: z.infer<typeof all>): VisitRules {
  return {
    days: env.OFFICE_DAYS ?? new Map(),
    mostBookings: env.VISITS_AT_ONCE,
    horizonDays: env.VISITS_DAYS_AHEAD,
    changeMinutes: env.VISITS_CHANGE_MINUTES,
    holdMinutes: env.VISITS_HOLD_MINUTES,
    lateMinutes: env.VISITS_LATE_MINUTES,
    mostMissed: env.VISITS_MISSED,
    missedDays: env.VISITS_MISSED_DAYS,
    pauseDays: env.VISITS_PAUSE_DAYS,
    remindEvening: env.VISITS_REMIND_EVENING,
    remindMinutes: env.VISITS_REMIND_MINUTES,
    remindHours: env.VISITS_REMIND_HOURS,
  }
}
