import { localDateOf } from '../domain/localDate.ts'
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

/** The numbers of today so far, and who waits now. */
export async function todayNumbers(
  sql: Sql,
  { now, hours }: { now: Date; hours: WorkingHours },
): Promise<TodayNumbers> {
  const today = localDateOf(now, hours.timeZone)
  const [day] = await deskNumbers(sql, { from: today, to: today, hours })
  if (!day) throw new Error('a day has no numbers')
  return { day, queue: await queueNow(sql) }
}

/** What a supervisor reads on «/stats» and after the closing. */
export const numbersText = ({ day, queue }: TodayNumbers): Text => reportText(day, queue)
