import type { BarSeriesOption, LegendComponentOption } from 'echarts'
import { type MonthOfMeter, roughly } from '../../domain/consumption.ts'
import type { Thousandths } from '../../domain/volume.ts'
import {
  barWidth,
  chartSvg,
  cutSubtitle,
  faint,
  ink,
  legendOf,
  letters,
  margin,
  row,
  rowNames,
  size,
  titleOf,
} from './rowsChart.ts'

/** A picture's words, resolved. `zones`: names in the order of the zones, none for a meter of one. */
export interface ConsumptionWords {
  title: string
  subtitle: string
  zones: string[]
  averaged: string
  silent: string
  unknown: string
  month(period: MonthOfMeter['period']): string
  volume(volume: Thousandths): string
}

const legendRow = 56
const [labelsWidth, valuesWidth] = [300, 250]

/** Of the zones; told apart by lightness, too. */
const colours = ['#1f6fb2', '#f2a33a', '#7fb8a4']

/**
 * Consumption by month as an SVG on opaque white: a month a row, the latest on top, so that every word stands upright and large
 * however many months there are. Zones are stacked; averages are hatched; a month nothing is known of says so instead of a bar.
 */
export function consumptionSvg(months: readonly MonthOfMeter[], words: ConsumptionWords): string {
  const first = months.findIndex(({ used }) => used)
  const rows = months.slice(Math.max(0, first)).toReversed()
  const legends = legendsOf(rows, words)
  const top = 186 + legendRow * legends.length
  const height = top + row * rows.length + margin
  const title = titleOf(words)
  return chartSvg(height, {
    title: { ...title, padding: 5, subtextStyle: { ...title.subtextStyle, ...cutSubtitle } },
    legend: legends,
    grid: { left: labelsWidth, right: valuesWidth, top, bottom: margin },
    xAxis: { type: 'value', min: 0, max: ({ max }: { max: number }) => Math.max(max, 0.001), show: false },
    yAxis: rowNames(rows.map(({ period }) => words.month(period))),
    series: seriesOf(rows, words),
  })
}

const zonesOf = ({ zones }: ConsumptionWords): string[] => (zones.length > 1 ? zones : [''])

/** A line for the zones and one for what is hatched, as far as the picture needs them. */
function legendsOf(rows: readonly MonthOfMeter[], words: ConsumptionWords): LegendComponentOption[] {
  const lines = [words.zones.length > 1 ? words.zones : [], rows.some(isAveraged) ? [words.averaged] : []]
  return lines.filter((names) => names.length > 0).map((names, index) => legendOf(names, 166 + legendRow * index))
}

function seriesOf(rows: readonly MonthOfMeter[], words: ConsumptionWords): BarSeriesOption[] {
  const names = zonesOf(words)
  const bars = names.map((name, zone): BarSeriesOption => {
    const color = colours[zone] ?? ink
    return {
      name,
      type: 'bar',
      stack: 'zones',
      barWidth,
      silent: true,
      color,
      data: rows.map((month) => ({
        value: (month.used?.[zone] ?? 0) / 1000,
        itemStyle: isAveraged(month) ? hatched(color) : { color },
      })),
    }
  })
  const last = bars.at(-1)
  if (last) {
    const formatter = ({ dataIndex }: { dataIndex: number }) => volumeOf(rows[dataIndex], words)
    last.label = { ...letters, show: true, position: 'right', distance: 14, fontSize: size, formatter }
  }
  // Has no bars: the legend shows what the hatching means.
  const averaged: BarSeriesOption = { name: words.averaged, type: 'bar', itemStyle: hatched(faint), data: [] }
  return [...bars, ...(rows.some(isAveraged) ? [{ ...averaged, stack: 'zones' }] : [])]
}

const isAveraged = ({ kind }: MonthOfMeter): boolean => kind === 'averaged'

const hatched = (color: string) => ({
  color: '#ffffff',
  borderColor: color,
  borderWidth: 3,
  decal: { symbol: 'rect', color, dashArrayX: [1, 0], dashArrayY: [5, 9], rotation: Math.PI / 4 },
})

function volumeOf(month: MonthOfMeter | undefined, words: ConsumptionWords): string {
  if (!month?.used) return month?.values ? words.unknown : words.silent
  const total = month.used.reduce((sum, volume) => sum + volume, 0)
  return isAveraged(month) ? `≈ ${words.volume(roughly(total))}` : words.volume(total)
}
