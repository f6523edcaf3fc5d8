import type { LocalDate } from '../domain/localDate.ts'
import type { Rules } from '../domain/rules.ts'
import type { Office, Slot } from '../domain/visits/office.ts'
import { bookableDays, type FreeTime, freeTimes, localMoment, slotsOf } from '../domain/visits/slots.ts'
import type { VisitTopic } from '../domain/visits/topics.ts'
import type { Sql } from '../infra/database.ts'
import { occupiedPlaces, officeById, officesOf } from './offices.ts'

/** A day with how many times of it are free, and the first of them. */
export interface FreeDay {
  date: LocalDate
  times: number
  first: number
}

/** An office and its next free time. */
export interface Nearest extends Slot {
  office: Office
}

/** Where the nearest time is looked for: at one office, in a district, or, when neither is said, everywhere. `asks`: as of `freeDays`. */
export interface Where {
  officeId?: string
  district?: string
  asks?: string | undefined
}

/** The offices that receive on some day for which one can book, by district and name. */
export async function openOffices(sql: Sql, now: Date, rules: Rules): Promise<Office[]> {
  const days = bookableDays(localMoment(now, rules), rules.visits)
  const offices = await officesOf(sql)
  return offices.filter((office) => days.some((day) => slotsOf(office, day, rules.visits).length > 0))
}

/** The days of an office that have free times for a topic, the earliest first. `asks`: the resident; what is held for him counts as free. */
export async function freeDays(
  sql: Sql,
  officeId: string,
  topic: VisitTopic,
  now: Date,
  rules: Rules,
  asks?: string,
): Promise<FreeDay[]> {
  const office = await officeById(sql, officeId)
  if (!office?.topics.includes(topic)) return []
  const free = await freeOf(sql, [office], now, rules, asks)
  return free.flatMap(({ date, times }) => {
    const [first] = times
    return first ? [{ date, times: times.length, first: first.minute }] : []
  })
}

/** The free times of one day of an office for a topic, the earliest first. Of a day beyond the horizon there are none. */
export async function freeTimesOn(
  sql: Sql,
  officeId: string,
  topic: VisitTopic,
  date: LocalDate,
  now: Date,
  rules: Rules,
  asks?: string,
): Promise<FreeTime[]> {
  const office = await officeById(sql, officeId)
  if (!office?.topics.includes(topic)) return []
  const free = await freeOf(sql, [office], now, rules, asks)
  return free.find((day) => day.date === date)?.times.slice() ?? []
}

/**
 * The next free time for a topic at each office there, the soonest first. `after`: those before this time count only where an office has none
 * later.
 */
export async function nearestTimes(
  sql: Sql,
  { officeId, district, asks }: Where,
  topic: VisitTopic,
  now: Date,
  rules: Rules,
  after?: { date: LocalDate; minute: number },
): Promise<Nearest[]> {
  const known = officeId === undefined ? await officesOf(sql) : await officesOf(sql, [officeId])
  const offices = known.filter(
    (office) => office.topics.includes(topic) && (district === undefined || office.district === district),
  )
  const free = await freeOf(sql, offices, now, rules, asks)
  const found = offices.flatMap((office) => {
    const times = free
      .filter((day) => day.office === office)
      .flatMap(({ date, times }) => times.map(({ minute }) => ({ date, minute })))
    const soonest = times.find((time) => after === undefined || inOrder(after, time) < 0) ?? times[0]
    return soonest ? [{ office, officeId: office.id, ...soonest }] : []
  })
  return found.toSorted(inOrder)
}

function inOrder(a: { date: LocalDate; minute: number }, b: { date: LocalDate; minute: number }): number {
  return a.date === b.date ? a.minute - b.minute : a.date < b.date ? -1 : 1
}

/** The free times of offices on each day for which one can book, day by day. */
async function freeOf(sql: Sql, offices: readonly Office[], now: Date, rules: Rules, asks?: string) {
  const moment = localMoment(now, rules)
  const days = bookableDays(moment, rules.visits)
  const [from = moment.today, to = from] = [days[0], days.at(-1)]
  const occupied = await occupiedPlaces(sql, { offices: offices.map(({ id }) => id), from, to, now, asks })
  return days.flatMap((date) =>
    offices.map((office) => ({
      ...{ office, date },
      times: freeTimes(office, date, occupied(office.id, date), moment, rules.visits),
    })),
  )
}
