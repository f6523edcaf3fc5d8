import type { Kopecks } from '../money.ts'
import type { WaveKind } from './kinds.ts'

/** When residents are reminded, and of what. Days of a month are local; all of it is the centre's to decide. */
export interface ReminderRules {
  /** Those that the centre sends to all whom they concern. */
  waves: readonly WaveKind[]
  /** The minute of the day at which reminders begin to be sent. */
  minute: number
  /** The days of the month on which those are reminded who have not given their readings: one wave a day. */
  readingsDays: readonly number[]
  /** The days of the month, both included, on which it is told that the last month's bill is ready: to each once. */
  billDays: { from: number; to: number }
  /** So many days before the last day to pay. */
  dueDaysBefore: number
  /** The day of the month on which debts are spoken of, and from what sum on. */
  debtDay: number
  debtFrom: Kopecks
  /** So many days before a verification (поверка) runs out. */
  verificationDays: readonly number[]
  /** So many days after its end a talk, or an answer to a request, is asked to be rated that has not been. */
  ratingDays: number
  /**
   * By what the norm is multiplied for a meter whose verification ran out over three months ago (ПП 354, п. 42; ПП 1871 of 25.11.2025 for cold water):
   * hundredths, by service.
   */
  normMultipliers: Readonly<Record<string, number>>
}
