import type { EChartsOption } from 'echarts'
import { init } from 'echarts/dist/echarts.esm.min.mjs'

// What charts with a row a month, or a subject, have in common. Pixels.

/** A phone shows the width on some 360 points, so that a line of 38 is as large there as a message's. */
export const width = 1080
export const [margin, row, barWidth, size, gap] = [40, 68, 40, 38, 16]

export const [ink, faint] = ['#1d232b', '#5b6470']
const line = '#9aa3ad'

export const letters = { fontFamily: 'PT Sans', color: ink }

/** One that is too long for the picture is cut. */
export const cutSubtitle = { width: width - 2 * margin, overflow: 'truncate' } as const

/** The title and what stands below it. */
export const titleOf = ({ title, subtitle }: { title: string; subtitle: string }) =>
  ({
    text: title,
    subtext: subtitle,
    ...{ left: margin, top: 34, padding: 0, itemGap: 14 },
    textStyle: { ...letters, fontSize: 48, fontWeight: 'bold' },
    subtextStyle: { ...letters, fontSize: size, color: faint },
  }) as const

/** What the rows are called, the first on top. */
export const rowNames = (data: string[]) =>
  ({
    type: 'category',
    inverse: true,
    data,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: line, width: 2 } },
    axisLabel: { ...letters, fontSize: size, margin: gap, interval: 0 },
  }) as const

/** Entries of a legend in a line. */
export const legendOf = (data: string[], top: number) => ({
  data,
  ...{ left: margin, top, itemWidth: 36, itemHeight: 36, itemGap: 36 },
  selectedMode: false,
  textStyle: { ...letters, fontSize: size, padding: [0, 0, 0, 8] },
})

/** The chart as an SVG on opaque white. */
export function chartSvg(height: number, option: EChartsOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ animation: false, backgroundColor: '#ffffff', ...option })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
