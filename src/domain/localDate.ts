import { DateTime } from 'luxon'

/** A day of the local calendar, `YYYY-MM-DD`. Such strings sort as the days do, so `<` compares them. */
export type LocalDate = `${number}-${number}-${number}`

/** Whether the text is a day that exists: `2026-02-30` is none. */
export function isLocalDate(text: string): text is LocalDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** A day as billing files and residents write it: `YYYY-MM-DD` or `DD.MM.YYYY`. Nothing when there is no such day. */
export function parseLocalDate(text: string): LocalDate | undefined {
  const trimmed = text.trim()
  const dotted = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(trimmed)
  const iso = dotted ? `${dotted[3]}-${dotted[2]}-${dotted[1]}` : trimmed
  return isLocalDate(iso) ? iso : undefined
}

/** The day it is in a time zone (IANA name) at an instant. The billing's midnight is the local one (domain rules, §2). */
export function localDateOf(instant: Date, timeZone: string): LocalDate {
  const at = localTime(instant, timeZone)
  return localDate(at.year, at.month, at.day)
}

/** Minutes since the local midnight, 0 to 1439. */
export function localMinuteOfDay(instant: Date, timeZone: string): number {
  const at = localTime(instant, timeZone)
  return at.hour * 60 + at.minute
}

/** The first instant of a day. */
export const startOfDay = (date: LocalDate, timeZone: string): Date =>
  DateTime.fromObject(partsOf(date), { zone: timeZone }).toJSDate()

/** Negative when `a` is earlier than `b`, positive when later, 0 when they are the same day. */
export function compareDates(a: LocalDate, b: LocalDate): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function addDays(date: LocalDate, days: number): LocalDate {
  const { year, month, day } = partsOf(date)
  const moved = utcDate(year, month, day + days)
  return localDate(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate())
}

/** The same day some months on; a day the month does not have becomes its last one (31 January + 1 → 28 February). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = partsOf(date)
  const count = year * 12 + (month - 1) + months
  const [newYear, newMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  return localDate(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)))
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  const [a, b] = [partsOf(from), partsOf(to)]
  return Math.round(
    (utcDate(b.year, b.month, b.day).getTime() - utcDate(a.year, a.month, a.day).getTime()) / 86_400_000,
  )
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: LocalDate): number {
  const { year, month, day } = partsOf(date)
  return utcDate(year, month, day).getUTCDay() || 7
}

/** `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return utcDate(year, month + 1, 0).getUTCDate()
}

export function partsOf(date: LocalDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

function localDate(year: number, month: number, day: number): LocalDate {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (!isLocalDate(text)) throw new RangeError('a day outside the years 1 to 9999')
  return text
}

/** `Date.UTC` takes the years 0 to 99 for 1900 to 1999; `setUTCFullYear` does not. */
function utcDate(year: number, month: number, day: number): Date {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date
}

/** Of the minute asked about last in each zone: every turn asks, and clocks differ by whole minutes. */
const lastAsked = new Map<string, { minute: number; at: DateTime<true> }>()

/** The local time to the minute. */
function localTime(instant: Date, timeZone: string): DateTime<true> {
  const minute = Math.floor(instant.getTime() / 60_000)
  const known = lastAsked.get(timeZone)
  if (known?.minute === minute) return known.at
  const at = DateTime.fromJSDate(instant, { zone: timeZone })
  if (!at.isValid) throw new RangeError(`no such local time: ${at.invalidReason}`)
  lastAsked.set(timeZone, { minute, at })
  return at
}
