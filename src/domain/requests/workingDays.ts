import { addDays, type LocalDate, weekdayOf } from '../localDate.ts'

/**
 * The production calendar: Monday to Friday but for holidays. `off`: further days off, as the government moves them year by year; `on`: days that are
 * worked all the same, weekends and holidays among them.
 */
export interface WorkCalendar {
  off: ReadonlySet<LocalDate>
  on: ReadonlySet<LocalDate>
}

/** Holidays of every year, `MM-DD` (Labour Code, article 112). */
const holidays = new Set([
  ...['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'],
  ...['02-23', '03-08', '05-01', '05-09', '06-12', '11-04'],
])

export function isWorkingDay(date: LocalDate, { off, on }: WorkCalendar): boolean {
  if (on.has(date)) return true
  return !off.has(date) && weekdayOf(date) <= 5 && !holidays.has(date.slice(5))
}

/** The working day so many working days after a date, which itself does not count. */
export function afterWorkingDays(date: LocalDate, days: number, calendar: WorkCalendar): LocalDate {
  let day = date
  for (let left = days; left > 0; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day, calendar)) left--
  }
  return day
}
