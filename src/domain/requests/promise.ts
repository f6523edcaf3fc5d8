import { parseUntil } from '../typedTime.ts'

export interface Promised {
  at: Date
  /** What he will do then, in his words; empty when he says only when. */
  what: string
}

/** Times that are offered, as they would be typed. */
export const promiseOffers: Readonly<Record<string, string>> = {
  hour: 'через час',
  tomorrow: 'завтра в 10',
  week: '7 дней',
}

/** A time has at most so many words: «в понедельник к 6 вечера». */
const mostWords = 5
const longestWhat = 300

/**
 * What somebody undertakes to do, and when: «перезвоню завтра в 10», «30.11 9:00 проверить оплату». The longest run of words that is a time is taken
 * for it; a number alone is none. Nothing when there is no time in it that lies ahead: «сегодня в 9» is not tomorrow's nine in the afternoon.
 */
export function parsePromise(said: string, now: Date, timeZone: string): Promised | undefined {
  const words = said
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
  for (let length = Math.min(mostWords, words.length); length > 0; length--)
    for (let from = 0; from + length <= words.length; from++) {
      const typed = words
        .slice(from, from + length)
        .join(' ')
        .replace(/^[,.;:–—-]+|[,.;:!–—-]+$/gu, '')
      const at = isBare(typed) ? undefined : parseUntil(typed, now, timeZone)
      const rest = [...words.slice(0, from), ...words.slice(from + length)].join(' ')
      if (at) return namesDay.test(rest) ? undefined : { at, what: whatOf(rest) }
    }
  return undefined
}

/** «2» and «час» stand in other phrases too. */
const isBare = (typed: string): boolean =>
  /^(\d+|м|мин|минут[аыу]?|ч|час|часа|часов|день|дня|дней|[a-z]+)$/iu.test(typed) && !/^(tomorrow|today)$/i.test(typed)

/** A day that is no part of the time it should be. */
const namesDay = /(?:^|\s)(?:вчера|сегодня|yesterday|today|\d{1,2}\.\d{1,2})(?=[\s,.]|$)/iu

const whatOf = (rest: string): string => rest.replace(/^[\s,.;:–—-]+|[\s,;:–—-]+$/gu, '').slice(0, longestWhat)
