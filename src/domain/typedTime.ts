import { DateTime } from 'luxon'

/** Nobody means to put anything off for longer. */
const mostDays = 31

/**
 * Until when something is put off, as it is typed: «17:30», «завтра 9:00», «25.11 10:00», «30 мин», «2 часа», «через час», `tomorrow 9:00`,
 * `30m`; a day alone means eight in the morning. A time of day that is over today is tomorrow's. Nothing for what is no time, lies
 * behind or is more than a month ahead.
 */
export function parseUntil(typed: string, now: Date, timeZone: string): Date | undefined {
  const said = typed
    .trim()
    .toLowerCase()
    .replace(/^(до|через|на|в|until|for|in|at)\s+/u, '')
  const local = DateTime.fromJSDate(now, { zone: timeZone })
  const until = afterWhile(said, local) ?? onDay(said, local) ?? atTime(said, local)
  if (!until?.isValid || until <= local || until > local.plus({ days: mostDays })) return undefined
  return until.toJSDate()
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
  const [, word, day, month, time] =
    /^(?:(завтра|послезавтра|сегодня|tomorrow|today)|(\d{1,2})\.(\d{1,2})(?:\.(?:\d{2}|\d{4}))?)(?:\s+(?:(?:в|at)\s+)?(\d{1,2}[:.]\d{2}))?$/u.exec(
      said,
    ) ?? []
  if (word === undefined && (day === undefined || isTime(said))) return undefined
  const date = word ? local.plus({ days: ahead[word] ?? 0 }) : dated(Number(day), Number(month), local)
  return timed(date, time ?? '8:00')
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
