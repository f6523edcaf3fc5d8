import { capacity, type MeterOnHand, type Service } from '../meter.ts'
import { maxTypedLength, plainText } from '../plainText.ts'
import type { Thousandths } from '../volume.ts'
import { groupedVolumes } from './grouping.ts'
import { type Assigned, type Assignment, assignInOrder } from './order.ts'
import { allSameAgain, inOrderWithSame } from './sameAgain.ts'
import { assignTagged } from './tagged.ts'
import { type NumberToken, type Token, tokensOf } from './tokens.ts'
import { isNumberWord } from './words.ts'

/** What a resident gave for one meter, one value per zone (T1, T2, T3). */
export interface Entry {
  meterId: string
  values: Thousandths[]
}

/** The values that what was typed for a meter may mean. */
export interface Unsure {
  meterId: string
  candidates: Thousandths[][]
}

/**
 * Why typed readings were not taken. `numberWords`: numbers written in words. `noPrevious`: «не изменилось» of a meter without a previous
 * reading. `notReadings`: it speaks of something else (no digit, no service's name, or a flood of text), so look further.
 * `ambiguous`: a number can be read in several ways («418 950»); `candidates` are the values to offer, `others` what was clear beside it, `more`
 * the other meters whose numbers can be read in several ways.
 * `whichMeter`: numbers that may belong to any of `meterIds`. `tooMany` names the meter when all numbers were its own; `elsewhere`: all were of services
 * that the account has no meter of. `zones`: the meter has another number of registers than values were given.
 */
export type ReadingsProblem =
  | { code: 'notReadings' }
  | { code: 'notNumber' }
  | { code: 'numberWords' }
  | { code: 'noPrevious'; meterId: string }
  | { code: 'tooMany'; given: number; expected: number; meterId?: string }
  | { code: 'elsewhere'; services: Service[] }
  | { code: 'unknownMeter'; word: string }
  | { code: 'whichMeter'; meterIds: string[] }
  | { code: 'zones'; meterId: string; given: number; expected: number }
  | (Unsure & { code: 'ambiguous'; others: Entry[]; more?: Unsure[] })
  | { code: 'repeated'; meterId: string }

export type ParsedReadings =
  | { ok: true; entries: Entry[]; missing: string[]; elsewhere?: Service[] }
  | { ok: false; problem: ReadingsProblem }

/**
 * Reads what a resident typed: numbers in the order the meters are shown, or named by service, serial (or its last four digits and more), position
 * or tariff zone, in either order of name and value; «не изменилось» is the previous value. Values of services that the account has no meter of
 * are set aside (`elsewhere`). Entries come in the order of `meters`; `missing` are meters nothing was said of.
 * Given one meter it reads the answer of a dialog that asks one at a time. It never guesses: what may belong to two meters is a problem.
 */
export function parseReadings(text: string, meters: MeterOnHand[]): ParsedReadings {
  if (text.length > maxTypedLength) return refuse({ code: 'notReadings' })
  const tokens = tokensOf(text, meters)
  const problem = unreadable(text, tokens)
  if (problem) return refuse(problem)
  const assignment = assign(tokens, meters)
  if (!assignment.ok) return assignment
  const read = finish(assignment.assigned, meters)
  return read.ok && assignment.elsewhere ? { ...read, elsewhere: assignment.elsewhere } : read
}

function unreadable(text: string, tokens: Token[]): ReadingsProblem | undefined {
  const numbers = tokens.some((token) => token.kind === 'number' || token.kind === 'same')
  const unknown = tokens.filter((token) => token.kind === 'unknown')
  const inWords = unknown.filter(({ word }) => isNumberWord(word))
  const speaksOfMeters = /\d/.test(plainText(text)) || tokens.some(({ kind }) => kind === 'service' || kind === 'same')
  if (inWords.length > 0 && (speaksOfMeters || inWords.length === unknown.length)) return { code: 'numberWords' }
  if (!speaksOfMeters) return { code: 'notReadings' }
  if (!numbers || tokens.some((token) => token.kind === 'bad')) return { code: 'notNumber' }
  const [first] = unknown
  return first && { code: 'unknownMeter', word: first.word }
}

function assign(tokens: Token[], meters: MeterOnHand[]): Assignment {
  const asValues = assignPlain(tokens, meters)
  const withSerials = serialsNamed(tokens)
  if (!withSerials) return asValues
  // The first of two numbers may be the tail of a serial or a value: when all meters get a value that way, only the resident knows.
  const canBeValues = asValues.ok && asValues.assigned.length === meters.length && asValues.assigned.every(fitsItsDial)
  return canBeValues
    ? refuse({ code: 'whichMeter', meterIds: meters.map((meter) => meter.id) })
    : assignPlain(withSerials, meters)
}

function fitsItsDial({ meter, numbers }: Assigned): boolean {
  return numbers.every(({ value }) => value < capacity(meter.digits))
}

function assignPlain(tokens: Token[], meters: MeterOnHand[]): Assignment {
  const tagged = tokens.some(({ kind }) => kind === 'service' || kind === 'named' || kind === 'zone')
  if (tagged) return assignTagged(tokens, meters)
  const numbers = tokens.filter((token) => token.kind === 'number')
  if (!tokens.some(({ kind }) => kind === 'same')) return assignInOrder(numbers, meters)
  if (numbers.length === 0) return allSameAgain(meters)
  const given = tokens.filter((token) => token.kind === 'number' || token.kind === 'same')
  const inOrder = inOrderWithSame(given, meters) ?? (meters.length === 1 ? assignInOrder(numbers, meters) : undefined)
  return inOrder ?? refuse({ code: 'whichMeter', meterIds: meters.map((meter) => meter.id) })
}

/** The same tokens with each number that can be a serial, and has another number after it, turned into that meter's name. */
function serialsNamed(tokens: Token[]): Token[] | undefined {
  let found = false
  let isValue = false
  const result = tokens.map((token, index): Token => {
    if (token.kind !== 'number') return token
    const after = tokens.slice(index + 1).find(({ kind }) => kind !== 'break')?.kind
    const followed = after === 'number' || after === 'same'
    const isSerial = !isValue && followed && token.serialOf.length > 0
    isValue = isSerial
    found ||= isSerial
    return isSerial ? { kind: 'named', meterIds: token.serialOf, word: token.text } : token
  })
  return found ? result : undefined
}

function finish(assigned: Assigned[], meters: MeterOnHand[]): ParsedReadings {
  const read = meters.flatMap((meter) => {
    const own = assigned.find((one) => one.meter.id === meter.id)
    return own
      ? [{ meterId: meter.id, values: valuesOf(own.numbers), grouped: groupedVolumes(own.numbers, meter) }]
      : []
  })
  const entries = read.filter(({ grouped }) => !grouped).map(({ meterId, values }) => ({ meterId, values }))
  const unsure = read.flatMap(({ meterId, grouped }) => (grouped ? [{ meterId, candidates: grouped }] : []))
  const [first, ...more] = unsure
  if (first) return refuse({ code: 'ambiguous', ...first, others: entries, ...(more.length > 0 && { more }) })
  const missing = meters.filter((meter) => !entries.some(({ meterId }) => meterId === meter.id)).map(({ id }) => id)
  return { ok: true, entries, missing }
}

function valuesOf(numbers: NumberToken[]): Thousandths[] {
  return numbers.map(({ value }) => value)
}

function refuse(problem: ReadingsProblem): { ok: false; problem: ReadingsProblem } {
  return { ok: false, problem }
}
