import type { Meter, Service } from '../meter.ts'
import { foldLookalikes, plainText } from '../plainText.ts'
import { parseVolume, type Thousandths } from '../volume.ts'
import { meaningOf, plainPhrases, sameMark } from './words.ts'

/** `joined`: a slash ties it to the number before it. `spaced`: nothing but one space stands between the two. `serialOf`: meters whose serial it may be. */
export interface NumberToken {
  kind: 'number'
  text: string
  value: Thousandths
  joined: boolean
  spaced: boolean
  serialOf: string[]
}

/** A head names a meter: by its service, or (`meterIds` of length 1) by its serial or its number in the list; several ids are an unclear name. */
export type HeadToken =
  | { kind: 'service'; service: Service; word: string }
  | { kind: 'named'; meterIds: string[]; word: string }

/** «Не изменилось», «как в прошлый раз». */
export type SameToken = { kind: 'same' }

export type Token =
  | NumberToken
  | SameToken
  | HeadToken
  | { kind: 'zone'; zone: 0 | 1 | 2 }
  | { kind: 'break' }
  | { kind: 'unknown'; word: string }
  /** Something numeric that no dial can show: a minus, an exponent, a formula, a number beyond all dials. */
  | { kind: 'bad' }

/** Cuts what a resident typed into numbers, names of meters and the rest. The caller bounds the text's length. */
export function tokensOf(text: string, meters: Meter[]): Token[] {
  const tokens: Token[] = []
  const source = listMarkers(plainPhrases(plainText(text)))
  let at = 0
  let between = ''
  while (at < source.length) {
    const { length, found } = tokenAt(source, at, meters, tokens.at(-1), between)
    between = found.length === 0 ? between + source.slice(at, at + length) : ''
    tokens.push(...found)
    at += length
  }
  return tokens
}

type Cut = { length: number; found: Token[] }

function tokenAt(source: string, at: number, meters: Meter[], before: Token | undefined, between: string): Cut {
  const rest = source.slice(at, at + 120)
  const char = rest[0] ?? ''
  const afterWordChar = /[\p{L}\d]/u.test(source[at - 1] ?? '')
  const named = afterWordChar ? undefined : serialAt(rest, meters)
  if (named) return named
  if (/\d/.test(char)) return numbersAt(source, at, meters, before, between)
  if (/\p{L}/u.test(char)) return wordAt(rest, meters)
  const marker = /^<(\d)>/.exec(rest)
  if (marker) return { length: 3, found: [listed(meters, Number(marker[1]), `${marker[1]})`)] }
  if (char === sameMark) return { length: 1, found: [{ kind: 'same' }] }
  if (char === '\n' || char === ';') return { length: 1, found: [{ kind: 'break' }] }
  if (char === ',' && (before?.kind === 'number' || !/\d/.test(rest[1] ?? '')))
    return { length: 1, found: [{ kind: 'break' }] }
  if (/[.,]/.test(char) && /\d/.test(rest[1] ?? '') && !afterWordChar) return { length: 2, found: [{ kind: 'bad' }] }
  if (char === '-' && isMinus(rest, source[at - 1] ?? ' ', before)) return { length: 2, found: [{ kind: 'bad' }] }
  if (/[+*%^×÷<>≈~$€]|\p{No}/u.test(char)) return { length: 1, found: [{ kind: 'bad' }] }
  return { length: 1, found: [] }
}

/** A dash after a name («ГВС -8») only points at the value; after nothing or after a number it would make the value negative. */
function isMinus(rest: string, previous: string, before: Token | undefined): boolean {
  const free = before === undefined || before.kind === 'number' || before.kind === 'break'
  return free && /^-[.,]?\d/.test(rest) && !/[\p{L}\d.)]/u.test(previous)
}

function numbersAt(source: string, at: number, meters: Meter[], before: Token | undefined, between: string): Cut {
  const rest = source.slice(at)
  const text = /^\d+(?:[.,]\d+)*/.exec(rest)?.[0] ?? ''
  if (/^[eе][+-]?\d/.test(rest.slice(text.length, text.length + 3)))
    return { length: text.length + 1, found: [{ kind: 'bad' }] }
  const joined = before?.kind === 'number' && /^ ?[/\\|] ?$/.test(between)
  const spaced = before?.kind === 'number' && between === ' '
  const parts = /^\d+(?:,\d+){2,}$/.test(text) ? text.split(',') : [text]
  const found = parts.flatMap((part, index): Token[] => {
    const value = parseVolume(part)
    if (value === undefined) return [{ kind: 'bad' }]
    const first = index === 0
    const number = { kind: 'number' as const, text: part, value, serialOf: serialsLike(part, meters) }
    return [
      ...(first ? [] : [{ kind: 'break' as const }]),
      { ...number, joined: first && joined, spaced: first && spaced },
    ]
  })
  return { length: text.length, found }
}

function wordAt(rest: string, meters: Meter[]): Cut {
  const zone = /^[тt][ -]?([123])(?![\d\p{L}.,])/u.exec(rest)
  if (zone)
    return { length: zone[0].length, found: [{ kind: 'zone', zone: zone[1] === '1' ? 0 : zone[1] === '2' ? 1 : 2 }] }
  const word = /^\p{L}+/u.exec(rest)?.[0] ?? ''
  const meaning = word === 'г' && !meters.some((meter) => meter.service === 'GAS') ? hotWater : meaningOf(word)
  if (meaning.kind === 'noise') return { length: word.length, found: [] }
  if (meaning.kind === 'unknown') return { length: word.length, found: [{ kind: 'unknown', word: word.slice(0, 40) }] }
  if (meaning.kind === 'zone') return { length: word.length, found: [meaning] }
  const sameService = meters.filter((meter) => meter.service === meaning.service)
  const numbered = /^( ?[№#]|-?)([1-9])(?= ?[:=-]? ?\d| ?[:=])/.exec(rest.slice(word.length))
  const separated = numbered && !/^\d/.test(rest.slice(word.length + numbered[0].length))
  if (!numbered || !separated || Number(numbered[2]) > Math.max(1, sameService.length)) {
    return { length: word.length, found: [{ kind: 'service', service: meaning.service, word }] }
  }
  const name = `${word}${numbered[2]}`
  // «хвс-1 5» may be the first meter's 5 or the values 1 and 5: with several meters it names nobody.
  const unclear = numbered[1] === '-' && sameService.length > 1
  const ids = sameService.map((meter) => meter.id)
  const head: HeadToken = unclear
    ? { kind: 'named', meterIds: ids, word: name }
    : listed(sameService, Number(numbered[2]), name)
  return { length: word.length + numbered[0].length, found: [head] }
}

const hotWater = { kind: 'service', service: 'GVS' } as const

function listed(meters: Meter[], position: number, word: string): HeadToken {
  const meter = meters[position - 1]
  return { kind: 'named', meterIds: meter ? [meter.id] : [], word }
}

/** «1) 123 2) 456», and «1. 123» when several lines begin so: positions in the list as it was shown, rewritten to `<1>`. */
function listMarkers(text: string): string {
  const lines = text.match(/^ ?[1-9]\. \S/gm) ?? []
  const dotted = lines.length >= 2 ? text.replace(/^ ?([1-9])\. (?=\S)/gm, '<$1> ') : text
  return dotted.includes('(') ? dotted : dotted.replace(/(?<![\d.,\p{L}])([1-9])\)/gu, '<$1>')
}

/** A serial with letters or signs in it is recognised as a whole; one of digits only is told from a reading later (`serialOf`). */
function serialAt(rest: string, meters: Meter[]): Cut | undefined {
  const chunk = /^[\p{L}\d]+(?:[-/.][\p{L}\d]+)*/u.exec(rest)?.[0]
  if (chunk === undefined || chunk.length < 4) return undefined
  const named = meters.filter(
    (meter) => /\D/.test(meter.serial) && foldLookalikes(plainText(meter.serial)) === foldLookalikes(chunk),
  )
  return named.length === 0
    ? undefined
    : { length: chunk.length, found: [{ kind: 'named', meterIds: named.map((meter) => meter.id), word: chunk }] }
}

function serialsLike(text: string, meters: Meter[]): string[] {
  if (!/^\d{4,}$/.test(text)) return []
  return meters.filter((meter) => meter.serial.replace(/\D/g, '').endsWith(text)).map((meter) => meter.id)
}
