import { z } from 'zod'
import type { DailyHours } from '../domain/hours.ts'
import { isLocalDate, type LocalDate } from '../domain/localDate.ts'
import { parseSpans } from '../domain/workingHours.ts'

/** A setting that is read by a function of ours; what it cannot read stops the start with what was expected. */
export const parsed = <Value>(parse: (given: string) => Value | undefined, description: string) =>
  z
    .string()
    .transform((given, context) => {
      const value = parse(given)
      if (value === undefined) context.addIssue({ code: 'custom', message: `expected ${description}` })
      return value as Value
    })
    .describe(description)

/** A number from 1 of at most so many digits. */
export const wholeNumber = (otherwise: number, { digits = 4, description = 'a whole number from 1' } = {}) =>
  z
    .string()
    .regex(new RegExp(`^[1-9]\\d{0,${digits - 1}}$`))
    .transform(Number)
    .default(otherwise)
    .describe(description)

/** A bot's, as BotFather gives it. */
export const telegramToken = z
  .string()
  .regex(/^\d+:[\w-]{20,}$/)
  .optional()
  .describe('a bot token as BotFather gives it')

/** `2026-12-31=08:00-16:00;2027-01-01=` : days that are not like others, the second one without anybody. */
export const specialDays = (given: string): ReadonlyMap<LocalDate, readonly DailyHours[]> | undefined => {
  const days = new Map<LocalDate, readonly DailyHours[]>()
  for (const one of given.split(';').filter((part) => part.trim() !== '')) {
    const [date = '', spans] = one.split('=').map((part) => part.trim())
    const read = spans === undefined ? undefined : parseSpans(spans)
    if (!isLocalDate(date) || !read) return undefined
    days.set(date, read)
  }
  return days
}
