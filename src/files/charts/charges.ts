import type { BarSeriesOption, GraphicComponentOption } from 'echarts'
import { type Layer, type Layers, mostServices } from '../../domain/charges/layers.ts'
import type { Kopecks } from '../../domain/money.ts'
import type { Period } from '../../domain/period.ts'
import { wrap } from '../wrap.ts'
import {
  barWidth,
  chartSvg,
  faint,
  gap,
  ink,
  letters,
  margin,
  row,
  rowNames,
  size,
  titleOf,
  width,
} from './rowsChart.ts'

/** A picture's words, resolved. */
export interface ChargesWords {
  title: string
  subtitle: string
  /** The services that have no colour of their own. */
  rest(services: number): string
  /** What stands to the left of zero. */
  taken: string
  /** Said in place of a sum. */
  none: string
  month(period: Period): string
  sum(kopecks: Kopecks): string
}

type WidthOf = (text: string, size: number) => number

const [lineHeight, swatch] = [46, 36]
const headHeight = 166

/**
 * Of the services, the largest first, and of the rest. Chosen so that any two differ for those, too, who do not see red, green or blue,
 * and neighbours by lightness.
 */
export const colours = ['#332288', '#e69f00', '#117733', '#56b4e9', '#882255', '#ddcc77'] as const
export const restColour = '#9aa3ad'

/**
 * Charges by month as an SVG on opaque white: a month a row, the latest on top, its services side by side in the order of the legend, what
 * was taken back to the left of zero. Every word stands upright and large however many months there are; a month without charges says so.
 * `widthOf`: of a text in PT Sans.
 */
export function chargesSvg({ months, layers }: Layers, words: ChargesWords, widthOf: WidthOf): string {
  const rows = months.toReversed()
  const said = rows.map(({ charged }) => (charged === undefined ? words.none : words.sum(charged)))
  const widest = (texts: string[]) => Math.ceil(Math.max(0, ...texts.map((text) => widthOf(text, size))))
  const right = margin + gap + widest(said)
  const labels = rows.map(({ period }) => words.month(period))
  const left = margin + gap + widest(labels)
  const legend = legendOf(layers, words, widthOf)
  const bounds = boundsOf(layers)
  const note =
    bounds.min < 0 ? [drawnText(words.taken, margin, headHeight + legend.height + lineHeight / 2, faint)] : []
  const top = headHeight + legend.height + note.length * lineHeight + gap
  const height = top + row * rows.length + margin
  return chartSvg(height, {
    title: titleOf(words),
    graphic: [...legend.entries.flatMap(drawnEntry), ...note],
    // Left to itself the library keeps clear of what it takes Russian words to be wide.
    grid: { left, right, top, bottom: margin, outerBoundsMode: 'none' },
    xAxis: { type: 'value', show: false, ...bounds },
    yAxis: rowNames(labels),
    series: [...layers.flatMap(seriesOf), sumsSeries(layers, said)],
  })
}

const colourOf = ({ name }: Layer, nth: number): string =>
  (name === undefined || nth >= mostServices ? undefined : colours[nth]) ?? restColour

/** A service as the legend has it: from `top` on, so many lines high. */
interface Entry {
  colour: string
  name: string[]
  sum: string
  top: number
}

/** A name that is too long for two lines is cut. */
function legendOf(
  layers: readonly Layer[],
  words: ChargesWords,
  widthOf: WidthOf,
): { entries: Entry[]; height: number } {
  const entries: Entry[] = []
  let height = 0
  for (const [nth, layer] of layers.entries()) {
    const sum = words.sum(layer.total)
    const room = width - 2 * margin - swatch - 3 * gap - widthOf(sum, size)
    const name = wrap(layer.name ?? words.rest(layer.services), (line) => widthOf(line, size) <= room, 2)
    entries.push({ colour: colourOf(layer, nth), name, sum, top: headHeight + height })
    height += lineHeight * name.length + gap
  }
  return { entries, height }
}

function drawnEntry({ colour, name, sum, top }: Entry): GraphicComponentOption[] {
  const y = top + lineHeight / 2
  const shape = { x: margin, y: y - swatch / 2, width: swatch, height: swatch }
  return [
    { type: 'rect', shape, style: { fill: colour }, silent: true },
    ...name.map((line, nth) => drawnText(line, margin + swatch + gap, y + nth * lineHeight)),
    drawnText(sum, width - margin, y, ink, 'right'),
  ]
}

/** A line at whose middle `y` is. */
function drawnText(text: string, x: number, y: number, fill = ink, align?: 'right'): GraphicComponentOption {
  const style = {
    text,
    fill,
    fontSize: size,
    fontFamily: 'PT Sans',
    verticalAlign: 'middle',
    ...(align && { align }),
  } as const
  return { type: 'text', x, y, style, silent: true }
}

/** Zero is always among them. */
function boundsOf(layers: readonly Layer[]): { min: Kopecks; max: Kopecks } {
  const months = layers[0]?.months.keys() ?? []
  const sums = [...months].map((nth) => [sumOf(layers, nth, 'taken'), sumOf(layers, nth, 'added')])
  return { min: Math.min(0, ...sums.flat()), max: Math.max(1, ...sums.flat()) }
}

const sumOf = (layers: readonly Layer[], nth: number, of: 'added' | 'taken'): Kopecks =>
  layers.reduce((sum, { months }) => sum + (months[nth]?.[of] ?? 0), 0)

const bar = { type: 'bar', barWidth, barGap: '-100%', silent: true } as const

function seriesOf(layer: Layer, nth: number): BarSeriesOption[] {
  const itemStyle = { color: colourOf(layer, nth), borderColor: '#ffffff', borderWidth: 1 }
  return (['added', 'taken'] as const).map((side) => ({
    ...{ ...bar, stack: 'services', itemStyle },
    data: layer.months.map((month) => month[side] || '-').toReversed(),
  }))
}

/** Is not seen: the month's sum stands at its end. */
function sumsSeries(layers: readonly Layer[], said: readonly string[]): BarSeriesOption {
  const formatter = ({ dataIndex }: { dataIndex: number }) => said[dataIndex] ?? ''
  return {
    ...bar,
    itemStyle: { color: 'transparent' },
    label: { ...letters, show: true, position: 'right', distance: gap, fontSize: size, formatter },
    data: said.map((_, nth) => sumOf(layers, said.length - 1 - nth, 'added')),
  }
}
