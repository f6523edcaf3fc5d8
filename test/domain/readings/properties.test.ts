import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeAll } from '../../../src/domain/readings/judgeAll.ts'
import { looksLikeReadings } from '../../../src/domain/readings/looksLike.ts'
import { parseReadings } from '../../../src/domain/readings/parse.ts'
import { formatVolume } from '../../../src/domain/volume.ts'
import { cold, cold2, gas, heat, hot, light, plainLight } from './meters.ts'

const all = [cold, hot, cold2, light, plainLight, heat, gas]
const someMeters = fc.subarray(all)
const piece = fc.constantFrom(
  ...[
    'хвс',
    'гвс',
    'свет',
    'т1',
    'т2',
    'день',
    'ночь',
    'газ',
    '12',
    '418,95',
    '418.950',
    '5012/3040',
    '1)',
    '2)',
    '-5',
    '1e9',
  ],
  ...[
    '3041',
    '10203041',
    'АВ-778899',
    ',',
    ';',
    '\n',
    '/',
    '-',
    ':',
    '№',
    '(',
    ')',
    '.',
    '0',
    'м3',
    'кВт*ч',
    'вода',
    'лес',
    'не изменилось',
    'как в прошлый раз',
    'триста',
  ],
)
const typed = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(' ')),
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
)

describe('whatever is typed as readings', () => {
  it('is answered: each meter at most once, one value a zone, every meter given or missing', () => {
    fc.assert(
      fc.property(typed, someMeters, (text, meters) => {
        looksLikeReadings(text, meters)
        const read = parseReadings(text, meters)
        if (!read.ok) return
        const given = read.entries.map(({ meterId }) => meterId)
        expect([...given, ...read.missing].sort()).toEqual(meters.map(({ id }) => id).sort())
        expect(given).toEqual(meters.map(({ id }) => id).filter((id) => given.includes(id)))
        for (const { meterId, values } of read.entries) {
          expect(values).toHaveLength(meters.find(({ id }) => id === meterId)?.zones ?? 0)
          expect(values.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true)
        }
      }),
      { numRuns: 5000 },
    )
  })

  it('comes out of the judgement within the digits of the dial, or refused', () => {
    const facts = {
      today: '2026-03-20',
      window: { fromDay: 1, toDay: 25 },
      persons: 2,
      acceptDecimals: { HVS: 3, GVS: 0, HEAT: 3, EL: 0, GAS: 1 },
    } as const
    fc.assert(
      fc.property(typed, someMeters, (text, meters) => {
        const read = parseReadings(text, meters)
        if (!read.ok) return
        for (const { entry, refusal } of judgeAll(read.entries, meters, facts)) {
          const digits = meters.find(({ id }) => id === entry.meterId)?.digits ?? 0
          expect(refusal !== undefined || entry.values.every((value) => value < 10 ** digits * 1000)).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('is read back as it is shown, in the order of the meters and in either language', () => {
    const dial = fc.integer({ min: 0, max: 99_999_999 })
    fc.assert(
      fc.property(dial, dial, fc.constantFrom('ru' as const, 'en' as const), (first, second, language) => {
        const entries = [first, second].map((value, index) => ({
          meterId: [cold, hot][index]?.id ?? '',
          values: [value],
        }))
        const text = `${formatVolume(first, language)}; ${formatVolume(second, language)}`
        expect(parseReadings(text, [cold, hot])).toEqual({ ok: true, entries, missing: [] })
      }),
    )
  })

  it.each(['5', '0', ' ', '1 ', 'хвс ', 'х', '5/', '1)', '-', '418 950 ', '5,', 'кВт·ч ', '\u200f', '٥'])(
    'does not hold up the others: %j over and over',
    (part) => {
      expect(parseReadings(part.repeat(1_000_000), all)).toEqual({ ok: false, problem: { code: 'notReadings' } })
      expect(looksLikeReadings(part.repeat(1_000_000), all)).toBe(false)
      expect(parseReadings(part.repeat(2000).slice(0, 2000), all).ok).toBe(false)
    },
  )
})
