import type { Meter } from '../meter.ts'
import { maxTypedLength, plainText } from '../plainText.ts'
import { type Token, tokensOf } from './tokens.ts'
import { isNumberWord } from './words.ts'

/**
 * Whether words typed at the main menu are readings, so that they open that dialog at once: a service, serial or zone with a number, two numbers
 * or more, one number that has decimals or three to eight whole digits (shorter ones are buttons, longer ones accounts), or «показания не изменились».
 * Numbers in words are readings too, to be told there that digits are wanted; a single one may be anything.
 * Any word of another kind, a phone number, a date or a time says no.
 */
export function looksLikeReadings(text: string, meters: Meter[] = []): boolean {
  if (text.length > maxTypedLength) return false
  const plain = plainText(text)
  if (/(?<!\d)\d{1,2}:\d{2}(?!\d)/.test(plain) || isPhone(plain)) return false
  const tokens = tokensOf(text, meters)
  if (tokens.some(({ kind }) => kind === 'bad')) return false
  const unknown = tokens.filter((token) => token.kind === 'unknown')
  if (unknown.length > 0)
    return unknown.every(({ word }) => isNumberWord(word)) && (unknown.length > 1 || tokens.some(isNamed))
  if (tokens.some(({ kind }) => kind === 'same'))
    return ofMeters.test(plain) || tokens.some((one) => isNamed(one) || one.kind === 'number')
  const numbers = tokens.filter((token) => token.kind === 'number')
  const [only, another] = numbers
  if (!only) return false
  if (another || tokens.some(isNamed)) return true
  return /^\d+[.,]\d+$/.test(only.text) || /^\d{3,8}$/.test(only.text)
}

/** The services named right before or after a number, as they were written; `undefined` is a tariff zone. */
export function namedBesideNumbers(text: string): (string | undefined)[] {
  const tokens = text.length > maxTypedLength ? [] : tokensOf(text, [])
  return tokens
    .filter((_, index) => [tokens[index - 1], tokens[index + 1]].some((beside) => beside?.kind === 'number'))
    .flatMap((token) => (token.kind === 'service' ? [token.word] : token.kind === 'zone' ? [undefined] : []))
}

/** «То же самое» alone may speak of anything; this speaks of meters. */
const ofMeters = /показан|счетчик|не (?:из|по)?мен|без измен|reading|meter|chang/

const isNamed = ({ kind }: Token): boolean => kind === 'service' || kind === 'named' || kind === 'zone'

function isPhone(plain: string): boolean {
  return /^\s*[78][\s-]?\(?9\d{2}\)?[\s-]?\d{3}[\s-]?\d{2}[\s-]?\d{2}\s*$/.test(plain)
}
