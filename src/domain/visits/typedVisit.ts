import { numberOf } from '../charges/periodTokens.ts'
import type { LocalDate } from '../localDate.ts'
import { fromLatin, otherLayout } from '../phrases/spelling.ts'
import { plainText } from '../plainText.ts'
import { typedDay } from './typedDay.ts'

/** The half of a day in which a visit is wished: before noon or from noon on. */
export type DayPart = 'morning' | 'afternoon'
export const noonMinute = 12 * 60

/** When somebody wishes to come; what he has not said is not there. `minute`: since midnight. `soonest`: whenever there is a place. */
export interface WishedTime {
  date?: LocalDate
  minute?: number
  part?: DayPart
  soonest?: true
}

/** `noSuchDay`, `past`: as of `typedDay`. `nothing`: these words name no time, whatever else they are. */
export type TypedVisit = ({ ok: true } & WishedTime) | { ok: false; problem: 'nothing' | 'noSuchDay' | 'past' }

/** Nobody names a time with so many letters. */
const longest = 80

/**
 * A day, a time of day or both: «завтра», «в пятницу после обеда», «25.12 в 10:30», «в 10», «в два часа дня», «утром», «ближайшее»; English too, and on the
 * other layout. `expects` says what a mere number from 9 on is. An hour before seven is one after noon: no office is open at night.
 */
export function typedVisit(typed: string, today: LocalDate, expects: 'day' | 'time'): TypedVisit {
  const plain = typed.length > longest ? '' : plainText(typed)
  for (const spelling of [plain, otherLayout(plain), fromLatin(plain)]) {
    const read = spelling === undefined ? nothing : readVisit(spelling, today, expects)
    if (read.ok || read.problem !== 'nothing') return read
  }
  return nothing
}

/** A time named in a sentence about something: «запишите меня к вам на пятницу после обеда». The most words that name one count. */
export function visitWithin(said: string, today: LocalDate): WishedTime | undefined {
  const words = plainText(said.slice(0, longest)).split(/\s+/)
  for (let length = Math.min(words.length, mostWords); length > 0; length--)
    for (let from = 0; from + length <= words.length; from++) {
      const phrase = words.slice(from, from + length).join(' ')
      // A mere number is a number of anything.
      const read = /^\d+$/.test(phrase) ? nothing : readVisit(phrase, today, 'day')
      if (!read.ok) continue
      const { ok: _, ...wished } = read
      return wished
    }
  return undefined
}

const mostWords = 7
const nothing: TypedVisit = { ok: false, problem: 'nothing' }

function readVisit(plain: string, today: LocalDate, expects: 'day' | 'time'): TypedVisit {
  const phrase = plain
    .replace(/[!?,;]/g, ' ')
    .replace(/\.(?=\s|$)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (soonest.test(phrase)) return { ok: true, soonest: true }
  if (expects === 'time' && /^\d{1,2}$/.test(phrase)) {
    const minute = Number(phrase) < 9 ? undefined : ofHour(Number(phrase))
    return minute === undefined ? nothing : { ok: true, minute }
  }
  const { rest, ...time } = withoutTime(phrase)
  if (rest === '') return time.minute === undefined && time.part === undefined ? nothing : { ok: true, ...time }
  const day = typedDay(rest, today)
  return day.ok ? { ok: true, date: day.date, ...time } : day
}

const soonest =
  /^(?:(?:на |в )?(?:самое |самый )?(?:ближайш\p{L}{2}|скор\p{L}{2})(?: (?:время|день|дату))?|(?:как можно |чем )?(?:скорее|раньше|побыстрее|быстрее|пораньше|поскорее)|любо(?:е|й)(?: (?:время|день))?|когда угодно|(?:the )?(?:soonest|nearest|earliest|asap)(?: time)?|any ?time)$/u

interface Time {
  minute?: number
  part?: DayPart
}

/** The time of day that a phrase names, and what is left of it. */
function withoutTime(phrase: string): Time & { rest: string } {
  for (const [pattern, read] of times) {
    const match = pattern.exec(phrase)
    const time = match && read(match)
    if (!match || !time) continue
    const left = `${phrase.slice(0, match.index)} ${phrase.slice(match.index + match[0].length)}`
    return { ...time, rest: left.replace(fillers, ' ').replace(/\s+/g, ' ').trim() }
  }
  return { rest: phrase }
}

const fillers = /(?<!\p{L})(?:в|во|на|к|с|at|in|the|около|где-то|примерно|часов|часа|час)(?!\p{L})(?=\s*$)/gu
const start = '(?<![\\d.:\\p{L}-])'
const end = '(?![\\d.:\\p{L}-])'
const ofDay = '(утра|дня|вечера|am|pm|a m|p m)'

const times: readonly [RegExp, (match: RegExpExecArray) => Time | undefined][] = [
  [
    new RegExp(`${start}(\\d{1,2}):([0-5]\\d)(?: ?${ofDay})?${end}`, 'u'),
    ([, hour, minute, of]) => at(hour, minute, of),
  ],
  [
    // «25.12» and «10-12» are days.
    new RegExp(`${start}(\\d{1,2})[.-]([0-5]\\d)(?: ?${ofDay})?${end}`, 'u'),
    ([, hour, minute, of]) =>
      of === undefined && Number(minute) >= 1 && Number(minute) <= 12 ? undefined : at(hour, minute, of),
  ],
  [
    new RegExp(`${start}(?:в |к |at )?(\\d{1,2}|\\p{L}{3,12}) ?(?:ч|час|часа|часов|o'clock) ?${ofDay}?${end}`, 'u'),
    ([, hour, of]) => atWord(hour, of),
  ],
  [
    new RegExp(`${start}(?:в |к |at )?(\\d{1,2}|\\p{L}{3,12}) ?${ofDay}${end}`, 'u'),
    ([, hour, of]) => atWord(hour, of),
  ],
  [new RegExp(`${start}(?:в|к|at) (\\d{1,2}|\\p{L}{3,12})$`, 'u'), ([, hour]) => atWord(hour, undefined)],
  [
    new RegExp(
      `${start}(?:(?:после|во второй половине) (?:обеда|дня)|днем|вечером|(?:in the )?(?:afternoon|evening)|after (?:lunch|noon))${end}`,
      'u',
    ),
    () => ({ part: 'afternoon' }),
  ],
  [
    new RegExp(
      `${start}(?:утром|утро|с утра|с утречка|до обеда|в первой половине дня|(?:in the )?morning|before (?:lunch|noon))${end}`,
      'u',
    ),
    () => ({ part: 'morning' }),
  ],
]

function atWord(word: string | undefined, of: string | undefined): Time | undefined {
  if (word === undefined) return undefined
  const hour = /^\d/.test(word) ? Number(word) : numberOf(word)
  return hour === undefined || hour === 0 ? undefined : at(String(hour), '0', of)
}

function at(hour: string | undefined, minute: string | undefined, of: string | undefined): Time | undefined {
  const start = ofHour(Number(hour), of)
  return start === undefined ? undefined : { minute: start + Number(minute) }
}

/** Minutes since midnight of an hour as people say it; nothing when no day has it. */
function ofHour(hour: number, of?: string): number | undefined {
  if (hour > 23) return undefined
  const isAfterNoon = of === undefined ? hour >= 1 && hour < 7 : !/^(?:утра|a)/.test(of) && hour < 12
  return (isAfterNoon ? hour + 12 : hour) * 60
}
