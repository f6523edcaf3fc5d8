import { describe, expect, test } from 'vitest'
import { type MonthlyDial, type MonthOfMeter, monthsOfMeter } from '../../src/domain/consumption.ts'
import type { Period } from '../../src/domain/period.ts'
import { type ConsumptionWords, consumptionSvg } from '../../src/files/charts/consumption.ts'
import { pngOf } from '../../src/files/charts/png.ts'
import { count, isDark, near, type Pixels, pixelsOf } from './pixels.ts'

const words: ConsumptionWords = {
  title: 'Холодная вода, м³',
  subtitle: 'Счётчик № 58517168',
  zones: [],
  averaged: 'в среднем',
  silent: 'нет показаний',
  unknown: 'нельзя посчитать',
  month: (period) => `месяц ${period.slice(5)}`,
  volume: (volume) => String(volume / 1000).replace('.', ','),
}

const months = (shown: Record<string, number[]>, present: Period = '2026-11'): MonthOfMeter[] => {
  const dials = Object.entries(shown).map(
    ([period, values]): MonthlyDial => ({
      period: period as Period,
      values: values.map((value) => value * 1000),
      readAt: `${period}-20` as MonthlyDial['readAt'],
    }),
  )
  return monthsOfMeter(dials, { digits: 5, ratio: 1 }, present)
}

/** So many months up to October 2026, each with so much more. */
const regular = (count: number, step: number[] = [4]) =>
  months(
    Object.fromEntries(
      Array.from({ length: count + 1 }, (_, index) => {
        const month = 2026 * 12 + 9 - count + index
        const period = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
        return [period, step.map((one) => 100 + one * index)]
      }),
    ),
  )

const drawn = async (shown: MonthOfMeter[], more: Partial<ConsumptionWords> = {}): Promise<Pixels> =>
  pixelsOf(await pngOf(consumptionSvg(shown, { ...words, ...more })))

const [blue, orange, green] = [near([31, 111, 178]), near([242, 163, 58]), near([127, 184, 164])]

describe('a picture of consumption', () => {
  test.each([1, 12, 24])(
    'of %i months is opaque, as wide as a phone likes it, and a row a month high',
    async (rows) => {
      const picture = await drawn(regular(rows))
      expect([picture.width, picture.height]).toEqual([1080, 226 + 68 * rows])
      expect(count(picture, ([, , , opacity]) => opacity !== 255)).toBe(0)
      expect(picture.at(2, 2)).toEqual([255, 255, 255, 255])
    },
  )

  test('has a bar and words in every row', async () => {
    const picture = await drawn(regular(12))
    for (let row = 0; row < 12; row++) {
      const rows = [186 + 68 * row, 186 + 68 * (row + 1)]
      expect(count(picture, blue, rows), `bar ${row}`).toBeGreaterThan(10_000)
      expect(count(picture, isDark, rows), `words ${row}`).toBeGreaterThan(800)
    }
  })

  test('is written in letters, not in empty boxes', async () => {
    const [one, other, none] = await Promise.all(
      ['шшшшшш', 'лллллл', ' '].map(async (title) => count(await drawn(regular(1), { title }), isDark)),
    )
    expect(one).not.toBe(other)
    expect(Math.min(one ?? 0, other ?? 0)).toBeGreaterThan((none ?? 0) + 800)
  })

  test('stacks the zones in colours of their own, with a legend', async () => {
    const zones = ['пик', 'ночь', 'полупик']
    const picture = await drawn(regular(6, [5, 3, 2]), { zones })
    const found = [blue, orange, green].map((colour) => count(picture, colour))
    for (const one of found) expect(one).toBeGreaterThan(6 * 1_500)
    const [peak = 0, night = 0, half = 0] = found
    expect(peak).toBeGreaterThan(night)
    expect(night).toBeGreaterThan(half)
    for (const colour of [blue, orange, green]) expect(count(picture, colour, [150, 240])).toBeGreaterThan(800)
    expect(count(await drawn(regular(6)), orange)).toBe(0)
  })

  test('hatches averages, and says what the hatching means', async () => {
    const silent = months({ '2026-05': [0], '2026-06': [4], '2026-10': [20] })
    const even = months({
      '2026-05': [0],
      '2026-06': [4],
      '2026-07': [8],
      '2026-08': [12],
      '2026-09': [16],
      '2026-10': [20],
    })
    const [hatched, full] = [await drawn(silent), await drawn(even)]
    expect(hatched.height).toBe(full.height + 56)
    expect(count(hatched, blue)).toBeLessThan(count(full, blue) * 0.7)
    expect(count(hatched, blue)).toBeGreaterThan(count(full, blue) * 0.3)
  })

  test('says of a month without readings that there are none, and draws no bar', async () => {
    const picture = await drawn(months({ '2026-07': [0], '2026-08': [4] }))
    const [october, august] = [186, 186 + 68 * 2].map((from) => [from, from + 68])
    expect([count(picture, blue, october), count(picture, blue, august) > 10_000]).toEqual([0, true])
    const wordless = await drawn(months({ '2026-07': [0], '2026-08': [4] }), { silent: '' })
    expect(count(picture, isDark, october)).toBeGreaterThan(count(wordless, isDark, october) + 1_000)
  })

  test('of nothing but zeros has its rows and no bars', async () => {
    const picture = await drawn(regular(3, [0]))
    expect([picture.height, count(picture, blue)]).toEqual([226 + 68 * 3, 0])
  })

  test('goes past zero like any other month', async () => {
    const picture = await drawn(months({ '2026-09': [99_990], '2026-10': [10] }))
    expect(count(picture, blue)).toBeGreaterThan(10_000)
  })

  test('is the same at every drawing, down to the byte', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => pngOf(consumptionSvg(regular(12), words))))
    expect(Buffer.from(one ?? []).equals(Buffer.from(other ?? []))).toBe(true)
  })

  test('takes a serial for what it is', async () => {
    const picture = await drawn(regular(1), { subtitle: 'Счётчик № <b>&amp;"\'</b> {a|b}'.repeat(4) })
    expect(picture.width).toBe(1080)
  })
})
