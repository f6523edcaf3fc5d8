import { type LocalDate, localDateOf } from '../domain/localDate.ts'
import type { WorkingHours } from '../domain/workingHours.ts'
import type { Text } from '../engine/text.ts'
import type { Sql } from '../infra/database.ts'
import { type DayNumbers, deskNumbers } from './report/numbers.ts'
import { type QueueNow, queueNow } from './report/queueNow.ts'
import { reportText } from './report/text.ts'

export interface TodayNumbers {
  day: DayNumbers
  queue: QueueNow
}

/** The numbers of today so far, or of another `day`, and who waits now. */
export async function todayNumbers(
  sql: Sql,
  { now, hours, day = localDateOf(now, hours.timeZone) }: { now: Date; hours: WorkingHours; day?: LocalDate },
): Promise<TodayNumbers> {
  const [numbers] = await deskNumbers(sql, { from: day, to: day, hours })
  if (!numbers) throw new Error('a day has no numbers')
  return { day: numbers, queue: await queueNow(sql) }
}

/** What a supervisor reads on «/stats» and after the closing. */
export const numbersText = ({ day, queue }: TodayNumbers): Text => reportText(day, queue)
