import { clockTime } from '../domain/hours.ts'
import { addDays, localDateOf, localMinuteOfDay } from '../domain/localDate.ts'
import { isOpenAt, opensAt } from '../domain/workingHours.ts'
import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'

/** When consultants come, in words; `night` names the time in which nobody is there. Nothing while they are there. */
export interface Away {
  when: Text
  night: string
}

export async function awayNow(here: Here<unknown>): Promise<Away | undefined> {
  const { queries, now, rules } = here
  const hours = await queries.desk.hours(now, rules)
  const opens = opensAt(hours, now)
  if (opens) return { when: whenText(opens, here), night: opens.toISOString() }
  return isOpenAt(hours, now) ? undefined : { when: text('consultant.when.unknown'), night: 'long' }
}

/** «Сегодня в 8:00», «завтра в 9:00», or the day. */
export function whenText(instant: Date, { today, rules: { timeZone } }: Pick<Here<unknown>, 'today' | 'rules'>): Text {
  const day = localDateOf(instant, timeZone)
  const time = clockTime(localMinuteOfDay(instant, timeZone))
  if (day === today) return text('consultant.when.today', { time })
  if (day === addDays(today, 1)) return text('consultant.when.tomorrow', { time })
  return text('consultant.when.day', { day, time })
}
