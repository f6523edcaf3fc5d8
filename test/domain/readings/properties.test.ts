import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPlausible } from '../../../src/domain/readings/judge.ts'
import { judgeAll } from '../../../src/domain/readings/judgeAll.ts'
import { looksLikeReadings } from '../../../src/domain/readings/looksLike.ts'
import { parseReadings } from '../../../src/domain/readings/parse.ts'
import { repairOf } from '../../../src/domain/readings/repair.ts'
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

  it('is, where it says «не изменилось», the previous value of that meter and no other', () => {
    const same = fc.constantFrom('не изменилось', 'без изменений', 'как в прошлый раз', 'the same', 'unchanged')
    const dial = fc.integer({ min: 0, max: 99_999_999 })
    fc.assert(
      fc.property(same, dial, fc.boolean(), (words, value, coldIsSame) => {
        const [unchanged, given] = coldIsSame ? [cold, hot] : [hot, cold]
        const [name, other] = coldIsSame ? ['хвс', 'гвс'] : ['гвс', 'хвс']
        const read = parseReadings(`${other} ${formatVolume(value)}, ${name} ${words}`, [cold, hot])
        expect(read.ok && new Map(read.entries.map(({ meterId, values }) => [meterId, values]))).toEqual(
          new Map([
            [unchanged.id, unchanged.previous?.values],
            [given.id, [value]],
          ]),
        )
      }),
    )
  })

  it('is offered to be put right only by what is possible', () => {
    const facts = {
      today: '2026-03-20',
      window: { fromDay: 1, toDay: 25 },
      persons: 2,
      acceptDecimals: { HVS: 3, GVS: 3, HEAT: 3, EL: 0, GAS: 3 },
    } as const
    const meters = [cold, hot, light]
    const commaLost = fc.constantFrom(1, 10, 100, 1000)
    const near = (dial: number, used: number) => fc.integer({ min: dial, max: dial + used })
    const water = fc
      .tuple(fc.oneof(near(412_615, 9000), near(240_000, 9000)), commaLost)
      .map(([dial, factor]) => dial * factor)
    const power = fc.oneof(near(5000, 300), near(3000, 300))
    let offered = 0
    fc.assert(
      fc.property(water, water, power, power, (first, second, day, night) => {
        const given = [[first], [second], [day * 1000, night * 1000]]
        const entries = given.map((values, index) => ({ meterId: meters[index]?.id ?? '', values }))
        for (const judged of judgeAll(entries, meters, facts)) {
          const repair = repairOf(judged)
          const meter = meters.find(({ id }) => id === judged.entry.meterId)
          if (!repair || !meter) continue
          offered++
          expect(isPlausible(repair.values, meter, facts)).toBe(true)
          expect(repair.values).not.toEqual(judged.entry.values)
        }
      }),
      { numRuns: 3000 },
    )
    expect(offered).toBeGreaterThan(100)
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
