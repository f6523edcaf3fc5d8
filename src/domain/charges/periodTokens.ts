import { distance } from 'fastest-levenshtein'
import { isPeriod, type Period } from '../period.ts'
import { slips } from '../phrases/spelling.ts'

/**
 * A piece of a typed period. `point` is a month of a year (03.2026); `previous` is the one before by the calendar (прошлый), `recent` counts
 * back from today (последний); `since` is «с», `until` «по» or a dash. `perhaps`: may be another word (English «may»).
 */
export type Token =
  | { is: 'month'; month: number; perhaps?: true }
  | { is: 'year'; year: number }
  | { is: 'point'; period: Period }
  | { is: 'number'; number: number }
  | { is: Word | 'noSuchMonth' | 'filler' | 'unknown' }

type Word = (typeof words)[number][0]

/** The pieces of a text in lower case and without «ё», as `plainText` leaves it. */
export function periodTokens(plain: string): Token[] {
  const source = plain
    .replace(/(?<![\d.])(\d{1,2})-(\d{4})(?!\d)/g, '$1.$2')
    .replace(/(?<![\d.])(\d{4})-(\d{1,2})(?![\d.])/g, '$2.$1')
  const pieces = source.match(/\d[\d.,/]*\d|\d|\p{L}+|-/gu) ?? []
  return pieces.map((piece) =>
    /\d/.test(piece) ? ofDigits(piece) : piece === '-' ? { is: 'until' } : ofLetters(piece),
  )
}

function ofDigits(piece: string): Token {
  const [, day = '1', month, year] = /^(?:(\d{1,2})[./])?(\d{1,2})[./](\d{4})$/.exec(piece) ?? []
  if (month !== undefined && year !== undefined) return Number(day) <= 31 ? pointOf(year, month) : { is: 'unknown' }
  const [, yearFirst, monthLast] = /^(\d{4})[./](\d{1,2})$/.exec(piece) ?? []
  if (yearFirst !== undefined && monthLast !== undefined) return pointOf(yearFirst, monthLast)
  const [, ofYear, inYear] = /^(\d{1,2})[./](\d{2})$/.exec(piece) ?? []
  if (ofYear !== undefined && inYear !== undefined) {
    // May as well be a reading, «12.45»: nothing is said against a month that there is not.
    const short = pointOf(`20${inYear}`, ofYear)
    return short.is === 'point' && isShortYear(Number(inYear)) ? short : { is: 'unknown' }
  }
  if (/^\d{4}$/.test(piece) && isYear(Number(piece))) return { is: 'year', year: Number(piece) }
  return /^\d{1,2}$/.test(piece) ? { is: 'number', number: Number(piece) } : { is: 'unknown' }
}

function pointOf(year: string, month: string): Token {
  if (!isYear(Number(year))) return { is: 'unknown' }
  const period = `${year}-${month.padStart(2, '0')}`
  return isPeriod(period) ? { is: 'point', period } : { is: 'noSuchMonth' }
}

const isYear = (year: number): boolean => year >= 1990 && year <= 2099
/** A year told by its last two digits. */
export const isShortYear = (year: number): boolean => year >= 10 && year <= 49

function ofLetters(word: string): Token {
  const month = monthOf(word)
  if (month !== undefined) return { is: 'month', month, ...(word === 'may' && { perhaps: true }) }
  const number = numberOf(word)
  if (number !== undefined) return { is: 'number', number }
  const known = words.find(([, pattern]) => pattern.test(word))
  return { is: known?.[0] ?? 'unknown' }
}

/** 1 to 12. A slip of the fingers is forgiven in a long name: «март» is one away from «карт». */
export function monthOf(word: string): number | undefined {
  const exact = monthPatterns.findIndex((pattern) => pattern.test(word))
  if (exact >= 0) return exact + 1
  if (word.length < 6 || word.length > 12) return undefined
  return longNames.find(([name]) => slips(word, name, distance) === 1)?.[1]
}

const monthPatterns = [
  /^(?:янв|январ[ьяею]|jan|january)$/,
  /^(?:фев|февр|феврал[ьяею]|feb|february)$/,
  /^(?:мар|март[аеу]?|mar|march)$/,
  /^(?:апр|апрел[ьяею]|apr|april)$/,
  /^(?:ма[йяею]|may)$/,
  /^(?:июн|июн[ьяею]|jun|june)$/,
  /^(?:июл|июл[ьяею]|jul|july)$/,
  /^(?:авг|август[аеу]?|aug|august)$/,
  /^(?:сен|сент|сентябр[ьяею]|sep|sept|september)$/,
  /^(?:окт|октябр[ьяею]|oct|october)$/,
  /^(?:ноя|нояб|ноябр[ьяею]|nov|november)$/,
  /^(?:дек|декабр[ьяею]|dec|december)$/,
]

const longNames: [name: string, month: number][] = [
  ...[
    ...['январ', 'феврал', '', 'апрел', '', '', '', '', 'сентябр', 'октябр', 'ноябр', 'декабр'].map((stem) =>
      stem === '' ? [] : ['ь', 'я', 'е'].map((ending) => `${stem}${ending}`),
    ),
  ].flatMap((names, month) => names.map((name): [string, number] => [name, month + 1])),
  ...['january', 'february', '', '', '', '', '', '', 'september', 'october', 'november', 'december'].flatMap(
    (name, month): [string, number][] => (name === '' ? [] : [[name, month + 1]]),
  ),
]

/** What a word counts, «три» or `three`. */
export function numberOf(word: string): number | undefined {
  const number = numbers.findIndex((pattern) => pattern.test(word))
  return number < 0 ? undefined : number
}

/** By the number they say. */
const numbers = [
  /^$/,
  /^(?:один|одного|одну|one)$/,
  /^(?:два|две|двух|two)$/,
  /^(?:три|трех|three)$/,
  /^(?:четыре|четырех|four)$/,
  /^(?:пять|пяти|five)$/,
  /^(?:шесть|шести|six)$/,
  /^(?:семь|семи|seven)$/,
  /^(?:восемь|восьми|eight)$/,
  /^(?:девять|девяти|nine)$/,
  /^(?:десять|десяти|ten)$/,
  /^(?:одиннадцать|одиннадцати|eleven)$/,
  /^(?:двенадцать|двенадцати|twelve)$/,
]

const words = [
  ['this', /^(?:эт(?:от|ого|ом|у|и)|текущ\p{L}{1,3}|нынешн\p{L}{1,3}|this|current)$/u],
  ['beforeLast', /^позапрошл\p{L}{1,3}$/u],
  ['previous', /^(?:прошл\p{L}{1,3}|прошедш\p{L}{1,3}|предыдущ\p{L}{1,3}|last|previous)$/u],
  ['recent', /^(?:последн\p{L}{1,3}|past|recent)$/u],
  ['months', /^(?:мес|месяц(?:|а|е|у|ы|ев|ам|ах)|months?)$/],
  ['years', /^(?:год(?:|а|у|ы|ом)|лет|years?)$/],
  ['halfYear', /^(?:полгода|полугоди[ея])$/],
  ['all', /^(?:весь|вся|всю|все|всего|all|whole)$/],
  ['time', /^(?:время|времени|time)$/],
  ['since', /^(?:с|со|from|since)$/],
  ['until', /^(?:по|до|to|till|until|through)$/],
  [
    'filler',
    /^(?:за|в|во|на|и|а|г|гг|ну|же|мне|нам|про|период|начал[ао]|пожалуйста|покажи(?:те)?|показать|посмотреть|сколько|начисл\p{L}{1,6}|in|for|of|the|and|on|me|my|show|please|beginning|start|charges)$/u,
  ],
] as const
