import { type DailyHours, parseDailyHours } from '../hours.ts'
import { isLocalDate, type LocalDate, weekdayOf } from '../localDate.ts'

/** The spans of each day of the week from Monday on, breaks taken out, and of single days that are not like others. */
export interface OfficeHours {
  weekly: readonly (readonly DailyHours[])[]
  dates: ReadonlyMap<LocalDate, readonly DailyHours[]>
}

/**
 * Reads `mon-thu 08:00-17:00 break 12:00-12:48, fri 08:00-16:00; 2026-12-31 08:00-14:00 2027-01-01 closed`: days, their hours, any breaks
 * within them. Days that are not named are closed. Russian words too («пн-пт», «перерыв», «выходной»). Nothing when anything is not understood, a day
 * comes twice, a break is outside the hours, or it never opens.
 */
export function parseOfficeHours(text: string): OfficeHours | undefined {
  const words = text
    .toLowerCase()
    .replace(/[–—]/g, '-')
    .replace(/\s*-\s*/g, '-')
    .replace(/(?<!\d)(\d:\d\d)/g, '0$1')
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
  const weekly: DailyHours[][] = Array.from({ length: 7 }, () => [])
  const dates = new Map<LocalDate, DailyHours[]>()
  const named = new Set<number | LocalDate>()
  for (let at = 0; at < words.length; ) {
    const days = taken(words, at, daysOf)
    const hours = hoursAt(words, at + days.length)
    if (days.length === 0 || !hours) return undefined
    for (const day of days.flat()) {
      if (named.has(day)) return undefined
      named.add(day)
      if (typeof day === 'number') weekly[day] = hours.spans
      else dates.set(day, hours.spans)
    }
    at = hours.next
  }
  const opens = [...weekly, ...dates.values()].some((spans) => spans.length > 0)
  return opens ? { weekly, dates } : undefined
}

/**
 * When an office is open on a day. Its own single days come first; else the day of the week, no longer than the `days` allow that hold for all
 * offices (short days before holidays, days off).
 */
export function openSpans(
  { weekly, dates }: OfficeHours,
  day: LocalDate,
  days: ReadonlyMap<LocalDate, readonly DailyHours[]>,
): readonly DailyHours[] {
  const own = dates.get(day)
  if (own) return own
  const usual = weekly[weekdayOf(day) - 1] ?? []
  const allowed = days.get(day)
  return allowed ? usual.flatMap((span) => allowed.flatMap((other) => common(span, other))) : usual
}

function common(a: DailyHours, b: DailyHours): DailyHours[] {
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)]
  return from < to ? [{ from, to }] : []
}

/** As many words in a row as can be read. */
function taken<Read>(words: readonly string[], at: number, read: (word: string) => Read | undefined): Read[] {
  const found: Read[] = []
  for (let next = at; next < words.length; next++) {
    const one = read(words[next] ?? '')
    if (one === undefined) break
    found.push(one)
  }
  return found
}

const weekdays: readonly string[] = [
  ...['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  ...['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
]

/** Days of the week, 0 for Monday, of a word such as `mon` or `mon-fri`; or a date. */
function daysOf(word: string): (number | LocalDate)[] | undefined {
  if (isLocalDate(word)) return [word]
  const [from = -1, to = from, more] = word.split('-').map((one) => weekdays.indexOf(one))
  if (from < 0 || to < 0 || more !== undefined) return undefined
  const [first, last] = [from % 7, to % 7]
  return first <= last ? Array.from({ length: last - first + 1 }, (_, nth) => first + nth) : undefined
}

function hoursAt(words: readonly string[], at: number): { spans: DailyHours[]; next: number } | undefined {
  const word = words[at] ?? ''
  if (word === 'closed' || word === 'выходной') return { spans: [], next: at + 1 }
  let spans = taken(words, at, parseDailyHours)
  let next = at + spans.length
  if (spans.length === 0 || spans.some((span, nth) => nth > 0 && (spans[nth - 1]?.to ?? 0) > span.from))
    return undefined
  while (words[next] === 'break' || words[next] === 'перерыв') {
    const pauses = taken(words, next + 1, parseDailyHours)
    for (const pause of pauses) {
      const rest = spans.flatMap((span) => without(span, pause))
      if (rest.length === spans.length && lengthOf(rest) === lengthOf(spans)) return undefined
      spans = rest
    }
    if (pauses.length === 0) return undefined
    next += 1 + pauses.length
  }
  return { spans, next }
}

const lengthOf = (spans: readonly DailyHours[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0)

const without = (span: DailyHours, pause: DailyHours): DailyHours[] =>
  [
    { from: span.from, to: Math.min(span.to, pause.from) },
    { from: Math.max(span.from, pause.to), to: span.to },
  ].filter(({ from, to }) => from < to)
