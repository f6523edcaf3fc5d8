import type { LocalDate } from '../domain/localDate.ts'
import { noonMinute, typedVisit, type WishedTime } from '../domain/visits/typedVisit.ts'
import type { Here } from '../engine/dialog.ts'
import { again, goTo, type Step, stay, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { holding } from './appointmentHolding.ts'
import { type Chosen, chosen, type Place } from './appointmentPlaces.ts'
import { dayText } from './appointmentTexts.ts'

/** A time that is typed before it can be chosen is kept until it can. */
export function noted(
  typed: string,
  { place, today }: Here<Extract<Place, { at: 'district' | 'office' | 'topic' }>>,
): Step<Place> {
  const read = typedVisit(typed, today, 'day')
  if (!read.ok) return read.problem === 'nothing' ? unclear : again(text(`appointment.${read.problem}`))
  const { ok: _, ...wished } = read
  return stay({ ...place, wished }, text('appointment.noted'))
}

/** Where a typed time leads to from a place where an office is chosen. `date`: the day that is before him. */
export async function typedTime(typed: string, here: Here<Chosen>, date?: LocalDate): Promise<Step<Place>> {
  const read = typedVisit(typed, here.today, date === undefined ? 'day' : 'time')
  if (!read.ok) return read.problem === 'nothing' ? unclear : again(text(`appointment.${read.problem}`))
  const { ok: _, ...wished } = read
  const isOfThatDay = date !== undefined && wished.date === undefined && !wished.soonest
  return led(here, chosen(here.place), isOfThatDay ? { ...wished, date } : wished)
}

/** To what was wished, or as near to it as there is a place. */
export async function led(here: Here<unknown>, at: Chosen, wished: WishedTime): Promise<Step<Place>> {
  const { queries, now, rules, resident } = here
  const days = await queries.visits.freeDays(at.office, at.topic, now, rules, resident?.id)
  const toDays = (notice?: Text) => goTo<Place>({ at: 'days', ...at }, notice)
  const [first] = days
  if (!first) return toDays()
  if (wished.soonest) return holding(here, { ...at, date: first.date, minute: first.first })
  if (wished.date !== undefined) {
    if (days.some(({ date }) => date === wished.date)) return onDay(here, at, { ...wished, date: wished.date })
    const next = days.find(({ date }) => wished.date !== undefined && date > wished.date) ?? days.at(-1) ?? first
    return toDays(text('appointment.notThatDay', { day: dayText(wished.date, here), next: dayText(next.date, here) }))
  }
  for (const { date } of days) {
    const times = await queries.visits.freeTimes(at.office, at.topic, date, now, rules, resident?.id)
    if (times.some(({ minute }) => isAsWished(minute, wished))) return onDay(here, at, { ...wished, date })
  }
  return onDay(here, at, { ...wished, date: first.date })
}

/** On a day that has places. */
async function onDay(
  here: Here<unknown>,
  at: Chosen,
  { date, minute, part }: WishedTime & { date: LocalDate },
): Promise<Step<Place>> {
  const { queries, now, rules, resident } = here
  const times = await queries.visits.freeTimes(at.office, at.topic, date, now, rules, resident?.id)
  if (minute !== undefined) {
    if (times.some((time) => time.minute === minute)) return holding(here, { ...at, date, minute })
    return goTo({ at: 'times', ...at, date, near: minute }, text('appointment.notThatTime'))
  }
  if (part && times.some((time) => isIn(part, time.minute))) return goTo({ at: 'times', ...at, date, part })
  return goTo({ at: 'times', ...at, date }, part && text('appointment.notThatPart'))
}

export const isIn = (part: 'morning' | 'afternoon', minute: number): boolean =>
  minute < noonMinute === (part === 'morning')

const isAsWished = (free: number, { minute, part }: WishedTime): boolean =>
  minute === undefined ? part === undefined || isIn(part, free) : free === minute
