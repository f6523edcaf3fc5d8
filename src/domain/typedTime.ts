import { DateTime } from 'luxon'

/** Nobody means to put anything off for longer. */
const mostDays = 31

/**
 * Until when something is put off, as it is typed: «17:30», «завтра 9:00», «завтра в 10», «в пятницу в 10», «25.11 10:00», «30 мин», «2 часа»,
 * «через час», `tomorrow 9:00`, `30m`; a day alone means eight in the morning, a weekday the next one. A time of day that is over today is tomorrow's. Nothing for what is no time, lies
 * behind or is more than a month ahead.
 */
export function parseUntil(typed: string, now: Date, timeZone: string): Date | undefined {
  const whole = typed.trim().toLowerCase()
  const [, hour, part] = bareHour.exec(whole) ?? []
  const said =
    hour === undefined ? whole.replace(/^(до|через|на|в|во|к|until|for|in|at|on|by)\s+/u, '') : clockOf(hour, part)
  const local = DateTime.fromJSDate(now, { zone: timeZone })
  const until = afterWhile(said, local) ?? onDay(said, local) ?? atTime(said, local)
  if (!until?.isValid || until <= local || until > local.plus({ days: mostDays })) return undefined
  return until.toJSDate()
}

/** «в 10», «к 6 вечера»: a time of day, where «10» alone is minutes. */
const bareHour = /^(?:в|к|at|by)\s+(\d{1,2})(?:\s+(час|часа|часов|утра|дня|вечера))?$/u

/** «10», «6 вечера», «9:30» as a clock shows it. */
function clockOf(time: string, part?: string): string {
  const [hour = '', minutes = '00'] = time.split(/[:.]/)
  const isLater = (part === 'вечера' || part === 'дня') && Number(hour) < 12
  return `${Number(hour) + (isLater ? 12 : 0)}:${minutes}`
}

function afterWhile(said: string, local: DateTime): DateTime | undefined {
  const [, amount, unit = ''] = /^(\d{1,4})?\s*([a-zа-яё]+)?\.?$/u.exec(said) ?? []
  if (amount === undefined && unit === '') return undefined
  const count = Number(amount ?? 1)
  if (unit === '' || /^(м|мин|минут[аыу]?|m|min|minutes?)$/u.test(unit)) return local.plus({ minutes: count })
  if (/^(ч|час|часа|часов|h|hours?|an hour)$/u.test(unit)) return local.plus({ hours: count })
  return /^(день|дня|дней|d|days?)$/u.test(unit) ? local.plus({ days: count }) : undefined
}

function onDay(said: string, local: DateTime): DateTime | undefined {
  const [, word, day, month, time, part] = dayAndTime.exec(said) ?? []
  if (word === undefined && (day === undefined || isTime(said))) return undefined
  const date = word ? local.plus({ days: daysUntil(word, local) }) : dated(Number(day), Number(month), local)
  return timed(date, time === undefined ? '8:00' : clockOf(time, part))
}

const dayAndTime =
  /^(?:(завтра|послезавтра|сегодня|tomorrow|today|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье)|(\d{1,2})\.(\d{1,2})(?:\.(?:\d{2}|\d{4}))?)(?:\s+(?:(?:в|к|at|by)\s+)?(\d{1,2}(?:[:.]\d{2})?)(?:\s+(час|часа|часов|утра|дня|вечера))?)?$/u

const weekdays = ['понедельник', 'вторник', 'среду', 'четверг', 'пятницу', 'субботу', 'воскресенье']

/** A weekday is the next one: not today. */
function daysUntil(word: string, local: DateTime): number {
  const weekday = weekdays.findIndex((one) => one.slice(0, 4) === word.slice(0, 4)) + 1
  return weekday > 0 ? ((weekday - local.weekday + 6) % 7) + 1 : (ahead[word] ?? 0)
}

const ahead: Record<string, number> = { завтра: 1, послезавтра: 2, tomorrow: 1 }

/** «17.30» is a time: there is no such month. */
const isTime = (said: string): boolean => /^\d{1,2}\.\d{2}$/.test(said) && Number(said.split('.')[1]) > 12

/** This year's day, or next year's when it is over. */
function dated(day: number, month: number, local: DateTime): DateTime {
  const date = local.set({ month, day })
  return date.endOf('day') < local ? date.plus({ years: 1 }) : date
}

function atTime(said: string, local: DateTime): DateTime | undefined {
  if (!/^\d{1,2}[:.]\d{2}$/.test(said)) return undefined
  const today = timed(local, said)
  return today && today <= local ? today.plus({ days: 1 }) : today
}

function timed(date: DateTime, time: string): DateTime | undefined {
  const [hour = Number.NaN, minute = Number.NaN] = time.split(/[:.]/).map(Number)
  return hour < 24 && minute < 60 ? date.set({ hour, minute, second: 0, millisecond: 0 }) : undefined
}
