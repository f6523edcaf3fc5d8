import { z } from 'zod'
import { parseDailyHours } from '../domain/hours.ts'
import { parseReadingsWindow } from '../domain/period.ts'
import { isWaveKind, type WaveKind, waveKinds } from '../domain/reminders/kinds.ts'
import type { ReminderRules } from '../domain/reminders/reminderRules.ts'
import { parsed, wholeNumber } from './settingShapes.ts'

const time = 'a time such as 11:00'
const timeOfDay = (given: string): number | undefined => parseDailyHours(`${given.trim()}-24:00`)?.from

const kinds = (given: string): WaveKind[] | undefined => {
  const asked = given.trim() === 'none' ? [] : given.split(',').map((one) => one.trim())
  return asked.every(isWaveKind) ? asked : undefined
}

/** Numbers from 1, each once, as they were given. */
const numbers =
  (most: number) =>
  (given: string): number[] | undefined => {
    const read = given.split(',').map((one) => (/^\s*\d{1,3}\s*$/.test(one) ? Number(one) : 0))
    const isGood = read.every((one) => one >= 1 && one <= most) && new Set(read).size === read.length
    return isGood ? read : undefined
  }

/** `HVS:3,GVS:1.5`, in hundredths. */
const multipliers = (given: string): Record<string, number> | undefined => {
  const pairs = given.split(',').map((pair) => /^\s*([A-Z]+):(\d{1,2}(?:\.\d{1,2})?)\s*$/.exec(pair))
  const known = pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', Math.round(Number(pair[2]) * 100)] as const] : []))
  return known.length === pairs.length ? Object.fromEntries(known) : undefined
}

/** When residents are reminded, and of what. */
export const reminderShape = {
  REMINDERS: parsed(kinds, `none, or some of ${waveKinds.join(',')}`).default([...waveKinds]),
  REMINDERS_AT: parsed(timeOfDay, time).default(11 * 60),
  REMIND_READINGS: parsed(numbers(31), 'days of the month such as 20,24').default([20, 24]),
  REMIND_BILL: parsed(parseReadingsWindow, 'days of the month such as 1-14').default({ fromDay: 1, toDay: 14 }),
  REMIND_DUE_DAYS: wholeNumber(3, { digits: 2 }),
  REMIND_DEBT: parsed((given) => numbers(31)(given)?.[0], 'a day of the month').default(18),
  REMIND_DEBT_FROM: wholeNumber(500, { digits: 6 }),
  REMIND_VERIFICATION: parsed(numbers(365), 'days such as 60,30,7').default([60, 30, 7]),
  REMIND_RATING_DAYS: wholeNumber(1, { digits: 2 }),
  NORM_MULTIPLIERS: parsed(multipliers, 'services and numbers such as HVS:3,GVS:1.5').default({
    HVS: 300,
    GVS: 150,
    EL: 150,
  }),
}

const all = z.object(reminderShape)

export function reminderRulesOf(env: z.infer<typeof all>): ReminderRules {
  return {
    waves: env.REMINDERS,
    minute: env.REMINDERS_AT,
    readingsDays: env.REMIND_READINGS.toSorted((a, b) => a - b),
    billDays: { from: env.REMIND_BILL.fromDay, to: env.REMIND_BILL.toDay },
    dueDaysBefore: env.REMIND_DUE_DAYS,
    debtDay: env.REMIND_DEBT,
    debtFrom: env.REMIND_DEBT_FROM * 100,
    verificationDays: env.REMIND_VERIFICATION,
    ratingDays: env.REMIND_RATING_DAYS,
    normMultipliers: env.NORM_MULTIPLIERS,
  }
}
