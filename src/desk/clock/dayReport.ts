import { dayOf } from '../../domain/deskMoment.ts'
import { addDays, type LocalDate, localDateOf } from '../../domain/localDate.ts'
import type { WorkingHours } from '../../domain/workingHours.ts'
import { inTransaction, sqlOn } from '../../infra/database.ts'
import { numbersText, type TodayNumbers, todayNumbers } from '../report.ts'
import { postInGeneral } from '../writing.ts'
import { type ClockDeps, minutesAfter } from './deps.ts'
import { forget, isDone, once } from './once.ts'

/** So long after the last closing of a day. */
const reportMinutes = 5
/** A report that is later than this says only what is worth it. */
const lateMinutes = 60
/** Days for which a report that was missed is made up for. */
const daysBack = 2
/** Marks of days that nobody asks for any more. */
const keptDays = 60

const mark = 'reported'

/** The day that has just been worked, told to supervisors once, the earlier days first. Answers whether anything was said. */
export async function reportDays(deps: ClockDeps, hours: WorkingHours): Promise<boolean> {
  const now = deps.clock.now()
  const today = localDateOf(now, hours.timeZone)
  let said = false
  for (let back = daysBack; back >= 0; back--) {
    const day = addDays(today, -back)
    const closes = dayOf(hours, day)?.closes
    const due = closes && minutesAfter(closes, reportMinutes)
    if (due && due <= now) said = (await reportDay(deps, hours, day, minutesAfter(due, lateMinutes) <= now)) || said
  }
  return said
}

async function reportDay(deps: ClockDeps, hours: WorkingHours, day: LocalDate, isLate: boolean): Promise<boolean> {
  const { database, clock, forums } = deps
  const sql = sqlOn(database)
  if (await isDone(sql, day, mark)) return false
  const numbers = await todayNumbers(sql, { now: clock.now(), hours, day })
  const isSaid = !isLate || isWorthSaying(numbers)
  const picture = isSaid && numbers.day.asked > 0 ? await pictureOf(deps, numbers) : undefined
  return inTransaction(database, async (sql) => {
    const now = clock.now()
    if (!(await once(sql, day, mark, now))) return false
    await forget(sql, addDays(day, -keptDays))
    const [forum] = forums
    if (forum === undefined || !isSaid) return false
    await postInGeneral(sql, forum, { kind: 'say', text: numbersText(numbers), ...(picture && { picture }) }, now)
    return true
  })
}

const isWorthSaying = ({ day: { asked, closed, consultants, requests } }: TodayNumbers): boolean =>
  asked > 0 || closed > 0 || consultants.length > 0 || requests.came > 0 || requests.finished > 0

/** Numbers are told without their picture rather than not at all. */
async function pictureOf({ picture, log }: ClockDeps, numbers: TodayNumbers): Promise<string | undefined> {
  try {
    return await picture?.(numbers)
  } catch (error) {
    log.warn({ err: error }, 'the picture of a day cannot be drawn, its numbers go without it')
    return undefined
  }
}
