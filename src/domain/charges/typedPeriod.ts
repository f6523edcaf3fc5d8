import type { LocalDate } from '../localDate.ts'
import { addPeriods, isPeriod, type Period, periodOf } from '../period.ts'
import { fromLatin, otherLayout } from '../phrases/spelling.ts'
import { plainText } from '../plainText.ts'
import { absolutePeriod } from './absolutePeriod.ts'
import type { Periods } from './periods.ts'
import { isShortYear, periodTokens, type Token } from './periodTokens.ts'

/**
 * What a resident typed as a period. `beforeThis`: the present month was named without a year, so it is that of the year before, the present one
 * not having passed. `nothing`: these words are no period, whatever else they are.
 */
export type TypedPeriod =
  | ({ ok: true; beforeThis?: true } & Periods)
  | { ok: false; problem: 'nothing' | 'noSuchMonth' }

/** Nobody types a period of such a length. */
const longest = 100
const mostMonths = 120

/**
 * «март», «в марте», «март–май 2026», «за год», «03.2026», «прошлый месяц», «последние 3 месяца»; English too, and on the other layout. A month
 * without a year is the latest that has passed. A word about anything else makes it no period.
 */
export function typedPeriod(text: string, today: LocalDate): TypedPeriod {
  const plain = text.length > longest ? '' : plainText(text)
  for (const spelling of [plain, otherLayout(plain), fromLatin(plain)]) {
    const read = spelling === undefined ? nothing : readTokens(periodTokens(spelling), periodOf(today))
    if (read.ok || read.problem !== 'nothing') return read
  }
  return nothing
}

/** A period named in a sentence about something: «сколько я должна за март». */
export function periodWithin(text: string, today: LocalDate): (TypedPeriod & { ok: true }) | undefined {
  const tokens = periodTokens(plainText(text.slice(0, longest))).filter(isAboutTime)
  const only = tokens.filter(({ is }) => ['month', 'year', 'point', 'since', 'until'].includes(is))
  return [tokens, only].map((each) => readTokens(each, periodOf(today))).find((read) => read.ok)
}

const nothing: TypedPeriod = { ok: false, problem: 'nothing' }

/** «С меня» begins no period, «may I» is no month, and neither is whatever else a sentence holds. */
function isAboutTime(token: Token, index: number, all: readonly Token[]): boolean {
  const [before, next] = [all[index - 1]?.is, all[index + 1]?.is]
  if (token.is === 'since' || token.is === 'until')
    return ['month', 'year', 'point', 'number', 'this', 'previous', 'beforeLast', 'filler', 'years'].includes(
      next ?? '',
    )
  if (token.is === 'month' && token.perhaps) return ['filler', 'since', 'until'].includes(before ?? '')
  return token.is !== 'unknown' && token.is !== 'noSuchMonth'
}

function readTokens(all: readonly Token[], present: Period): TypedPeriod {
  const tokens = named(all, present).filter(({ is }) => is !== 'filler')
  if (tokens.some(({ is }) => is === 'unknown')) return nothing
  if (tokens.some(({ is }) => is === 'noSuchMonth')) return { ok: false, problem: 'noSuchMonth' }
  const read = relativePeriod(tokens, present) ?? absolutePeriod(tokens, present)
  return read ? { ok: true, ...read } : nothing
}

/** «Прошлого года», «2025 года», «25 год» as a year; «прошлый месяц» as a month. */
function named(tokens: readonly Token[], present: Period): Token[] {
  const found: Token[] = []
  for (const token of tokens) {
    const before = found.at(-1)
    const made = before && pair(before, token, present)
    if (made) found.splice(-1, 1, made)
    else found.push(token)
  }
  return found
}

function pair(before: Token, { is }: Token, present: Period): Token | undefined {
  const year = Number(present.slice(0, 4))
  const back = { this: 0, previous: 1, beforeLast: 2, recent: undefined }
  if (is === 'years' && before.is === 'year') return before
  if (is === 'years' && before.is === 'number' && isShortYear(before.number))
    return { is: 'year', year: 2000 + before.number }
  if (!(before.is in back)) return undefined
  const ago = back[before.is as keyof typeof back]
  if (is === 'years' && ago !== undefined) return { is: 'year', year: year - ago }
  return is === 'months' ? { is: 'point', period: addPeriods(present, -(ago ?? 1)) } : undefined
}

/** Counted back from the present month, which has not passed. */
function relativePeriod(tokens: readonly Token[], present: Period): Periods | undefined {
  const counts = tokens.flatMap((token) => (token.is === 'number' ? [token.number] : []))
  const said = tokens.filter(({ is }) => is !== 'number').map(({ is }) => is)
  const [count = 1, another] = counts
  const last = (months: number): Periods | undefined =>
    another === undefined && months >= 1 && months <= mostMonths
      ? { from: addPeriods(present, -months), to: addPeriods(present, -1) }
      : undefined
  const isRecent = said[0] === 'recent' || said[0] === 'previous'
  switch (said.slice(isRecent || said[0] === 'all' ? 1 : 0).join(' ')) {
    case 'months':
      return counts.length > 0 ? last(count) : undefined
    case 'years':
      return last(12 * count)
    case 'halfYear':
      return last(6)
    case 'time':
      return said[0] === 'all' ? last(mostMonths) : undefined
    case 'since years': {
      const from = `${present.slice(0, 4)}-01`
      return isPeriod(from) ? { from, to: present } : undefined
    }
    default:
      return undefined
  }
}
