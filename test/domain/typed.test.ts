import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountName, isNamed } from '../../src/domain/accountName.ts'
import { accountNumber, kindOfNumber } from '../../src/domain/accountNumber.ts'
import { activationCode, plainlyCode } from '../../src/domain/activationCode.ts'
import { parseAddress } from '../../src/domain/address/parse.ts'
import { periodWithin, typedPeriod } from '../../src/domain/charges/typedPeriod.ts'
import { parseDailyHours } from '../../src/domain/hours.ts'
import { isPeriod, parseReadingsWindow } from '../../src/domain/period.ts'
import { fromLatin, otherLayout } from '../../src/domain/phrases/spelling.ts'
import { cleanText, plainText } from '../../src/domain/plainText.ts'
import { looksLikeReadings } from '../../src/domain/readings/looksLike.ts'
import { parseReadings } from '../../src/domain/readings/parse.ts'
import { town } from './address/town.ts'
import { cold, gas, heat, hot, light } from './readings/meters.ts'

const meters = [cold, hot, light, heat, gas]
const pattern = /^\d{10}$/

/** Everything that reads what a person typed. */
const readers: [name: string, read: (typed: string) => unknown][] = [
  ['an address', (typed) => parseAddress(typed, town)],
  ['the number of an account', (typed) => accountNumber(typed, pattern)],
  ['the kind of a number', kindOfNumber],
  ['an activation code', activationCode],
  ['a code among other words', plainlyCode],
  ['a name for an account', accountName],
  ['a name that is known', (typed) => isNamed(typed, 'Мама')],
  ['readings', (typed) => parseReadings(typed, meters)],
  ['readings without meters', (typed) => parseReadings(typed, [])],
  ['months', (typed) => typedPeriod(typed, '2026-11-10')],
  ['months in a sentence', (typed) => periodWithin(typed, '2026-11-10')],
  ['words that may be readings', (typed) => looksLikeReadings(typed, meters)],
  ['a month', isPeriod],
  ['a window', parseReadingsWindow],
  ['hours', parseDailyHours],
  ['the other layout', otherLayout],
  ['Latin letters', fromLatin],
  ['clean text', cleanText],
  ['plain text', plainText],
]

const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '8 марта',
      'ул.',
      'д.',
      'кв',
      'корп',
      'лит',
      '5-12',
      '24/8',
      'хвс',
      'свет',
      'т1',
      'не изменилось',
      'код',
      'ЕЛС',
    ],
    ...[
      '6682305547',
      '75да533315',
      'DVEP-T4FH',
      '2026-11',
      '2026-13',
      '1-25',
      '31-1',
      '08:00-20:00',
      '24:60',
      '1e9',
      '-5',
    ],
    ...[
      'NaN',
      'Infinity',
      '٣٢٤',
      '３２４',
      '½',
      '²',
      '\u0000',
      '\ud83d',
      '\u202e',
      '\ufeff',
      '"',
      '\\',
      '/',
      '__proto__',
      '$&',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.stringMatching(/^[\d .,:/-]{0,20}$/),
)
const typed = fc.oneof(
  fc
    .array(piece, { maxLength: 12 })
    .chain((pieces) => fc.constantFrom(' ', '', ',', '\n').map((by) => pieces.join(by))),
  fc.string({ unit: 'binary', maxLength: 300 }),
)

test.each(readers)('%s is read from whatever is typed without a fault, and twice alike', (_, read) => {
  fc.assert(
    fc.property(typed, (said) => {
      expect(read(said)).toEqual(read(said))
    }),
    { numRuns: 400 },
  )
})

test.each(readers)('%s is read from a flood of text without a fault', (_, read) => {
  for (const flood of [
    '7'.repeat(100_000),
    'а '.repeat(50_000),
    '-'.repeat(50_000),
    '😀'.repeat(20_000),
    '5-12 '.repeat(400),
  ])
    expect(() => read(flood)).not.toThrow()
})
