import type { BarSeriesOption, EChartsOption } from 'echarts'
import { init } from 'echarts/dist/echarts.esm.min.mjs'

/** A picture's words, resolved. `over`, `open`: what the two parts of a bar mean. */
export interface DeskDayWords {
  title: string
  subtitle: string
  over: string
  open: string
}

/** What hand-offs were about: how many are over, how many are still open. */
export interface DeskDayRow {
  subject: string
  over: number
  open: number
}

/** Pixels. A phone shows the width on some 360 points, so that a line of 38 is as large there as a message's. */
const width = 1080
const [margin, row, size, gap] = [40, 68, 38, 16]
/** Of the title and the legend. */
const headHeight = 242
const [ink, faint, line] = ['#1d232b', '#5b6470', '#9aa3ad']
/** Told apart by lightness, too. */
const colours = { over: '#1f6fb2', open: '#f2a33a' } as const

/**
 * What residents asked consultants about on a day as an SVG on opaque white: a subject a row, in the order given, with the number behind its
 * bar. `widthOf`: of a text in PT Sans.
 */
export function deskDaySvg(
  rows: readonly DeskDayRow[],
  words: DeskDayWords,
  widthOf: (text: string, size: number) => number,
): string {
  const widest = Math.ceil(Math.max(...rows.map(({ subject }) => widthOf(subject, size))))
  const height = headHeight + row * rows.length + margin
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      title: {
        text: words.title,
        subtext: words.subtitle,
        ...{ left: margin, top: 34, padding: 0, itemGap: 14 },
        textStyle: { ...letters, fontSize: 48, fontWeight: 'bold' },
        subtextStyle: { ...letters, fontSize: size, color: faint, width: width - 2 * margin, overflow: 'truncate' },
      },
      legend: {
        data: [words.over, words.open],
        ...{ left: margin, top: headHeight - 76, padding: 0, itemWidth: 36, itemHeight: 36, itemGap: 36 },
        selectedMode: false,
        textStyle: { ...letters, fontSize: size, padding: [0, 0, 0, 8] },
      },
      grid: {
        ...{ left: margin + gap + widest, right: margin + 110, top: headHeight, bottom: margin },
        // Left to itself the library keeps clear of what it takes Russian words to be wide.
        outerBoundsMode: 'none',
      },
      xAxis: { type: 'value', min: 0, max: Math.max(1, ...rows.map(numberOf)), show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(({ subject }) => subject),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: line, width: 2 } },
        axisLabel: { ...letters, fontSize: size, margin: gap, interval: 0 },
      },
      series: [partOf(rows, 'over', words), partOf(rows, 'open', words), numbersOf(rows)],
    } satisfies EChartsOption)
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

const letters = { fontFamily: 'PT Sans', color: ink }
const bar = { type: 'bar', barWidth: 40, barGap: '-100%', silent: true } as const

const numberOf = ({ over, open }: DeskDayRow): number => over + open

const partOf = (rows: readonly DeskDayRow[], part: 'over' | 'open', words: DeskDayWords): BarSeriesOption => ({
  ...{ ...bar, name: words[part], stack: 'parts', color: colours[part] },
  data: rows.map((one) => one[part] || '-'),
})

/** Is not seen: the number stands at its end. */
function numbersOf(rows: readonly DeskDayRow[]): BarSeriesOption {
  const formatter = ({ dataIndex }: { dataIndex: number }) => String(rows[dataIndex] ? numberOf(rows[dataIndex]) : '')
  return {
    ...bar,
    itemStyle: { color: 'transparent' },
    label: { ...letters, show: true, position: 'right', distance: gap, fontSize: size, formatter },
    data: rows.map(numberOf),
  }
}
