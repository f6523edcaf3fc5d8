import type { BarSeriesOption, EChartsOption, LegendComponentOption } from 'echarts'
import { init } from 'echarts/dist/echarts.esm.min.mjs'
import { type MonthOfMeter, roughly } from '../../domain/consumption.ts'
import type { Thousandths } from '../../domain/volume.ts'

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

/** Pixels. A phone shows the width on some 360 points, so that a line of 38 is as large there as a message's. */
const width = 1080
const row = 68
const legendRow = 56
const [labelsWidth, valuesWidth] = [300, 250]

const [ink, faint, line] = ['#1d232b', '#5b6470', '#9aa3ad']
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
  const height = top + row * rows.length + 40
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      title: {
        text: words.title,
        subtext: words.subtitle,
        ...{ left: 40, top: 34, itemGap: 14 },
        textStyle: { ...letters, fontSize: 48, fontWeight: 'bold' },
        subtextStyle: { ...letters, fontSize: 38, color: faint, width: width - 80, overflow: 'truncate' },
      },
      legend: legends,
      grid: { left: labelsWidth, right: valuesWidth, top, bottom: 40 },
      xAxis: { type: 'value', min: 0, max: ({ max }: { max: number }) => Math.max(max, 0.001), show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(({ period }) => words.month(period)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: line, width: 2 } },
        axisLabel: { ...letters, fontSize: 38, margin: 16, interval: 0 },
      },
      series: seriesOf(rows, words),
    } satisfies EChartsOption)
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

const letters = { fontFamily: 'PT Sans', color: ink }

const zonesOf = ({ zones }: ConsumptionWords): string[] => (zones.length > 1 ? zones : [''])

/** A line for the zones and one for what is hatched, as far as the picture needs them. */
function legendsOf(rows: readonly MonthOfMeter[], words: ConsumptionWords): LegendComponentOption[] {
  const lines = [words.zones.length > 1 ? words.zones : [], rows.some(isAveraged) ? [words.averaged] : []]
  return lines
    .filter((names) => names.length > 0)
    .map((names, index) => ({
      data: names,
      ...{ left: 40, top: 166 + legendRow * index, itemWidth: 36, itemHeight: 36, itemGap: 36 },
      selectedMode: false,
      textStyle: { ...letters, fontSize: 38, padding: [0, 0, 0, 8] },
    }))
}

function seriesOf(rows: readonly MonthOfMeter[], words: ConsumptionWords): BarSeriesOption[] {
  const names = zonesOf(words)
  const bars = names.map((name, zone): BarSeriesOption => {
    const color = colours[zone] ?? ink
    return {
      name,
      type: 'bar',
      stack: 'zones',
      barWidth: 40,
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
    last.label = { ...letters, show: true, position: 'right', distance: 14, fontSize: 38, formatter }
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
