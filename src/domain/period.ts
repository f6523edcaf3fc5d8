import type { LocalDate } from './localDate.ts'

/** A billing month, `YYYY-MM`. Such strings sort as the months do. */
export type Period = `${number}-${number}`

/** The days of a month on which readings are taken for that month's receipt, both included (1 to 31). */
export interface ReadingsWindow {
  fromDay: number
  toDay: number
}

export function isPeriod(text: string): text is Period {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
}

export function periodOf(date: LocalDate): Period {
  return checked(date.slice(0, 7))
}

export function nextPeriod(period: Period): Period {
  return addPeriods(period, 1)
}

/** The period some months on, or back when `months` is negative. */
export function addPeriods(period: Period, months: number): Period {
  const count = monthCount(period) + months
  const year = String(Math.floor(count / 12)).padStart(4, '0')
  return checked(`${year}-${String((count % 12) + 1).padStart(2, '0')}`)
}

/** Months from one period to another: 1 from December to January, negative when `to` is earlier. */
export function monthsBetween(from: Period, to: Period): number {
  return monthCount(to) - monthCount(from)
}

/**
 * Which receipt a reading given today enters. Up to the window's last day (included; also before its first day) this month's,
 * after it the next month's, and it is late. A window that ends past the month's last day covers the rest of the month.
 * Source: domain rules, §2 (25th by default; later readings count in the next period).
 */
export function entersPeriod(today: LocalDate, window: ReadingsWindow): { period: Period; late: boolean } {
  const period = periodOf(today)
  const late = Number(today.slice(8, 10)) > window.toDay
  return { period: late ? nextPeriod(period) : period, late }
}

/** A window as it is configured: `1-25`. Nothing when it is not two days of a month in order. */
export function parseReadingsWindow(text: string): ReadingsWindow | undefined {
  const match = /^\s*(\d{1,2})\s*-\s*(\d{1,2})\s*$/.exec(text)
  if (!match) return undefined
  const [fromDay, toDay] = [Number(match[1]), Number(match[2])]
  return fromDay >= 1 && fromDay <= toDay && toDay <= 31 ? { fromDay, toDay } : undefined
}

function monthCount(period: Period): number {
  return Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7)) - 1
}

function checked(text: string): Period {
  if (!isPeriod(text)) throw new RangeError('a month outside the years 0 to 9999')
  return text
}
