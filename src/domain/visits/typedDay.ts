import { monthOf, numberOf } from '../charges/periodTokens.ts'
import { addDays, addMonths, isLocalDate, type LocalDate, partsOf, weekdayOf } from '../localDate.ts'
import { fromLatin, otherLayout } from '../phrases/spelling.ts'
import { plainText } from '../plainText.ts'

/** What was typed as a day. `noSuchDay`: «31.02»; `past`: a day that was named with its year and is over. `nothing`: these words are no day. */
export type TypedDay = { ok: true; date: LocalDate } | { ok: false; problem: 'nothing' | 'noSuchDay' | 'past' }

/** Nobody names a day with so many letters. */
const longest = 60

/**
 * «завтра», «послезавтра», «в пятницу», «в следующий вторник», «25.12», «25 декабря», «25-го», «через три дня», «через неделю»; English too. A day of
 * the week is the next such day, never today; «следующий» is that of the week after this one. A day and a month without a year are the next such
 * ones; a mere number is a day of this month or, when that is over, of the next. A word about anything else makes it no day.
 */
export function typedDay(typed: string, today: LocalDate): TypedDay {
  const plain = typed.length > longest ? '' : plainText(typed)
  for (const spelling of [plain, otherLayout(plain), fromLatin(plain)]) {
    const read = spelling === undefined ? undefined : readDay(spelling, today)
    if (read) return read
  }
  return { ok: false, problem: 'nothing' }
}

function readDay(plain: string, today: LocalDate): TypedDay | undefined {
  const words = plain
    .replace(/[!?,]/g, ' ')
    .replace(/\.(?=\s|$)/g, '')
    .split(/\s+/)
    .filter((word) => word !== '' && !fillers.test(word))
  const phrase = words.join(' ')
  return relative(phrase, today) ?? ofWeek(phrase, today) ?? dated(phrase, today)
}

const fillers = /^(?:в|во|на|к|ко|это|эт(?:от|у|о)|пожалуйста|можно|давайте|число|числа|on|the|at|this|for|please|of)$/

const found = (date: LocalDate): TypedDay => ({ ok: true, date })

function relative(phrase: string, today: LocalDate): TypedDay | undefined {
  const known = near.find(([pattern]) => pattern.test(phrase))
  if (known) return found(addDays(today, known[1]))
  const [, amount = '', unit = ''] =
    /^(?:через|in)(?: (\S+))? (день|дня|дней|day|days|неделю|недели|week|weeks|месяц|month)$/.exec(phrase) ?? []
  // «Через день» is understood in two ways.
  if (unit === '' || (amount === '' && unit === 'день')) return undefined
  const count = amount === '' || amount === 'a' ? 1 : /^\d{1,2}$/.test(amount) ? Number(amount) : numberOf(amount)
  if (count === undefined || count < 1) return undefined
  if (/^(?:меся|month)/.test(unit)) return found(addMonths(today, count))
  return found(addDays(today, /^(?:нед|week)/.test(unit) ? 7 * count : count))
}

const near: readonly [RegExp, number][] = [
  [/^(?:сегодня|today|прямо сейчас|сейчас|now)$/, 0],
  [/^(?:завтра|tomorrow|tmrw)$/, 1],
  [/^(?:послезавтра|after tomorrow|day after tomorrow)$/, 2],
]

function ofWeek(phrase: string, today: LocalDate): TypedDay | undefined {
  const [, next, , name = phrase] = /^((следующ\p{L}{1,3}|next) )?(.+)$/u.exec(phrase) ?? []
  const weekday = weekdays.findIndex((pattern) => pattern.test(name.replace(/^ближайш\p{L}{1,3} /u, ''))) + 1
  if (weekday === 0) return undefined
  const present = weekdayOf(today)
  return found(addDays(today, next ? 7 - present + weekday : (weekday - present + 7) % 7 || 7))
}

const weekdays = [
  /^(?:понедельник[ау]?|пн|пон|monday|mon)$/,
  /^(?:вторник[ау]?|вт|tuesday|tue)$/,
  /^(?:сред[ауые]|ср|wednesday|wed)$/,
  /^(?:четверг[ау]?|чт|thursday|thu)$/,
  /^(?:пятниц[ауые]|пт|friday|fri)$/,
  /^(?:суббот[ауые]|сб|saturday|sat)$/,
  /^(?:воскресень[еюя]|вс|sunday|sun)$/,
]

function dated(phrase: string, today: LocalDate): TypedDay | undefined {
  const { year, month } = partsOf(today)
  if (isLocalDate(phrase)) return notPast(phrase, today)
  const [, digits, dotted, dottedYear] = /^(\d{1,2})[./-](\d{1,2})(?:[./-](\d{2}|\d{4}))?(?: ?г)?$/.exec(phrase) ?? []
  if (digits !== undefined && dotted !== undefined) return onDay(Number(digits), Number(dotted), dottedYear, today)
  const [, day, word, wordYear] =
    /^(\d{1,2})(?:-?(?:го|е|ого|th|st|nd|rd))? (\p{L}+)(?: (\d{4}))?(?: ?(?:г|года))?$/u.exec(phrase) ?? []
  const [, englishWord, englishDay] = /^([a-z]+) (\d{1,2})(?:th|st|nd|rd)?$/.exec(phrase) ?? []
  const named = monthOf(word ?? englishWord ?? '')
  if (named !== undefined) return onDay(Number(day ?? englishDay), named, wordYear, today)
  const [, only] = /^(\d{1,2})(?:-?(?:го|е|ого|th|st|nd|rd))?$/.exec(phrase) ?? []
  if (only === undefined) return undefined
  const soonest = [0, 1, 2]
    .map((ahead) => partsOf(addMonths(`${year}-${two(month)}-01` as LocalDate, ahead)))
    .map((of) => `${of.year}-${two(of.month)}-${two(Number(only))}`)
    .find((date) => isLocalDate(date) && date >= today)
  return soonest !== undefined && isLocalDate(soonest) ? found(soonest) : { ok: false, problem: 'noSuchDay' }
}

function onDay(day: number, month: number, year: string | undefined, today: LocalDate): TypedDay {
  const present = partsOf(today).year
  const years = year === undefined ? [present, present + 1] : [Number(year.padStart(4, '20'))]
  const dates = years.map((one) => `${one}-${two(month)}-${two(day)}`).filter(isLocalDate)
  const [first] = dates
  if (first === undefined) return { ok: false, problem: 'noSuchDay' }
  const ahead = dates.find((date) => date >= today)
  return ahead ? found(ahead) : { ok: false, problem: 'past' }
}

const notPast = (date: LocalDate, today: LocalDate): TypedDay =>
  date < today ? { ok: false, problem: 'past' } : found(date)

const two = (number: number): string => String(number).padStart(2, '0')
