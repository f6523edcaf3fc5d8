import { beforeAll, describe, expect, test } from 'vitest'
import { layersOf } from '../../src/domain/charges/layers.ts'
import { formatKopecks } from '../../src/domain/money.ts'
import { addPeriods } from '../../src/domain/period.ts'
import { type ChargesWords, chargesSvg, colours, restColour } from '../../src/files/charts/charges.ts'
import { pngOf } from '../../src/files/charts/png.ts'
import { fontFile } from '../../src/files/fontFiles.ts'
import { type ParsedFont, parsedFont, widthIn } from '../../src/files/parsedFont.ts'
import { type Line, month } from '../domain/charges/months.ts'
import { count, isDark, near, type Pixels, pixelsOf } from './pixels.ts'
import { leastDifference } from './sight.ts'

let font: ParsedFont
beforeAll(async () => {
  font = await parsedFont(fontFile('regular'))
})

const words: ChargesWords = {
  title: 'Начисления по услугам',
  subtitle: 'ноябрь 2025 — октябрь 2026',
  rest: (services) => `остальное, ${services}`,
  taken: 'Слева от черты — то, что вычли',
  none: 'нет начислений',
  month: (period) => `месяц ${period}`,
  sum: formatKopecks,
}

const [margin, row, headHeight] = [40, 68, 166]

async function drawn(months: Line[][], more: Partial<ChargesWords> = {}): Promise<Pixels> {
  const charges = months
    .map((lines, nth) => month(lines, { period: addPeriods('2026-10', nth + 1 - months.length) }))
    .filter(({ rows }) => rows.length > 0)
  const svg = chargesSvg(layersOf(charges), { ...words, ...more }, (text, size) => widthIn(font, text, size))
  return pixelsOf(await pngOf(svg))
}

/** So many services a month, each somewhat smaller than the one before. */
const services = (count: number, roubles = 1000): Line[] =>
  Array.from({ length: count }, (_, nth) => ({ service: `Услуга ${nth + 1}`, accrued: `${roubles - nth}` }))

const isColour = (hex: string) => near([1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)))

/** The rows of pixels of a month, the latest being the first. */
function rowsOf({ height }: Pixels, nth: number, months: number): [number, number] {
  const from = height - margin - row * (months - nth)
  return [from, from + row]
}

/** No word or bar reaches the edge. */
const edges = ({ width, height }: Pixels) => [
  [
    [0, height],
    [0, 30],
  ],
  [
    [0, height],
    [width - 30, width],
  ],
  [
    [0, 30],
    [0, width],
  ],
  [
    [height - 30, height],
    [0, width],
  ],
]
const isInk = (pixel: readonly number[]) => pixel.some((part) => part < 231)

describe('a picture of charges', () => {
  test.each([
    ['1 month', [services(10)]],
    ['5 months', Array.from({ length: 5 }, () => services(8))],
    ['12 months of 40 services', Array.from({ length: 12 }, () => services(40))],
    ['thousands of millions', Array.from({ length: 3 }, () => services(7, 9_999_999_999))],
    [
      'names of 200 characters',
      [services(3).map((line) => ({ ...line, service: `${'Ж'.repeat(50)} <b>&"'`.repeat(4) }))],
    ],
    ['sums below zero only', [[{ service: 'A', recalculation: '-1000000000' }]]],
  ])('of %s is opaque, as wide as a phone likes it, and within its margins', async (_, months) => {
    const picture = await drawn(months)
    expect(picture.width).toBe(1080)
    expect(count(picture, ([, , , opacity]) => opacity !== 255)).toBe(0)
    expect(picture.at(2, 2)).toEqual([255, 255, 255, 255])
    for (const [rows, columns] of edges(picture)) expect(count(picture, isInk, rows, columns)).toBe(0)
    for (let nth = 0; nth < months.length; nth++) {
      expect(count(picture, isDark, rowsOf(picture, nth, months.length)), `words ${nth}`).toBeGreaterThan(800)
    }
  })

  test('has each service in its colour, in the legend and in every month, and the rest in grey', async () => {
    const picture = await drawn([services(9), services(9)])
    const legend = [headHeight, picture.height - margin - 2 * row]
    for (const colour of [...colours, restColour]) {
      expect(count(picture, isColour(colour), legend), `legend ${colour}`).toBeGreaterThan(1000)
      for (const nth of [0, 1]) {
        expect(count(picture, isColour(colour), rowsOf(picture, nth, 2)), `month ${nth} ${colour}`).toBeGreaterThan(
          1000,
        )
      }
    }
    const fewer = await drawn([services(6)])
    expect(count(fewer, isColour(restColour), [headHeight, fewer.height - row - margin], [margin, margin + 36])).toBe(0)
  })

  test('has bars as long as the sums are', async () => {
    const picture = await drawn([[{ service: 'A', accrued: '100' }], [{ service: 'A', accrued: '200' }]])
    const [october, september] = [0, 1].map((nth) => count(picture, isColour(colours[0]), rowsOf(picture, nth, 2)))
    expect((october ?? 0) / (september ?? 1)).toBeCloseTo(2, 1)
  })

  test('has what was taken back to the left of zero, in full, and says so', async () => {
    const whole = [{ service: 'A', accrued: '300' }]
    const picture = await drawn([whole, [...whole, { service: 'B', recalculation: '-300' }]])
    const [october, september] = [0, 1].map((nth) => rowsOf(picture, nth, 2))
    const [added, taken] = colours.slice(0, 2).map((colour) => count(picture, isColour(colour), october))
    expect((taken ?? 0) / (added ?? 1)).toBeCloseTo(1, 1)
    const leftmost = (colour: string) => {
      const y = ((october?.[0] ?? 0) + (october?.[1] ?? 0)) / 2
      return Array.from({ length: 1080 }, (_, x) => x).find((x) => isColour(colour)(picture.at(x, y))) ?? 0
    }
    expect(leftmost(colours[1])).toBeLessThan(leftmost(colours[0]))
    expect(count(picture, isColour(colours[1]), september)).toBe(0)
    expect(picture.height).toBeGreaterThan((await drawn([whole, [...whole, { service: 'B', accrued: '300' }]])).height)
  })

  test('has a gap for a month without charges, which says so', async () => {
    const picture = await drawn([services(2), [], services(2)])
    const gap = rowsOf(picture, 1, 3)
    for (const colour of colours) expect(count(picture, isColour(colour), gap)).toBe(0)
    const wordless = await drawn([services(2), [], services(2)], { none: '' })
    expect(count(picture, isDark, gap)).toBeGreaterThan(count(wordless, isDark, gap) + 1000)
  })

  test('is the same at every drawing, down to the byte', async () => {
    const [one, other] = await Promise.all([drawn([services(9)]), drawn([services(9)])])
    expect(Buffer.from(one.all).equals(other.all)).toBe(true)
  })
})

test('its colours differ from each other and from paper for everybody, whatever colours he sees', () => {
  expect(leastDifference([...colours, restColour])).toBeGreaterThan(20)
  expect(leastDifference([...colours, restColour, '#ffffff'])).toBeGreaterThan(20)
})
