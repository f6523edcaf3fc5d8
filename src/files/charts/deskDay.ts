import type { BarSeriesOption } from 'echarts'
import {
  barWidth,
  chartSvg,
  cutSubtitle,
  gap,
  legendOf,
  letters,
  margin,
  row,
  rowNames,
  size,
  titleOf,
} from './rowsChart.ts'

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

/** Of the title and the legend. */
const headHeight = 242
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
  const title = titleOf(words)
  return chartSvg(height, {
    title: { ...title, subtextStyle: { ...title.subtextStyle, ...cutSubtitle } },
    legend: { ...legendOf([words.over, words.open], headHeight - 76), padding: 0 },
    grid: {
      ...{ left: margin + gap + widest, right: margin + 110, top: headHeight, bottom: margin },
      // Left to itself the library keeps clear of what it takes Russian words to be wide.
      outerBoundsMode: 'none',
    },
    xAxis: { type: 'value', min: 0, max: Math.max(1, ...rows.map(numberOf)), show: false },
    yAxis: rowNames(rows.map(({ subject }) => subject)),
    series: [partOf(rows, 'over', words), partOf(rows, 'open', words), numbersOf(rows)],
  })
}

const bar = { type: 'bar', barWidth, barGap: '-100%', silent: true } as const

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
