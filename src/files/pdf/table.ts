import { rgb } from 'pdf-lib'
import type { Pages } from './pages.ts'
import { faintInk, type Letters, lineHeight, wrapped, write } from './text.ts'

/** `share` of the page's width, against the other columns' shares. Numbers stand to the right. */
export interface Column {
  head: string
  share: number
  align?: 'left' | 'right'
}

/** A row of cells, or a heading over the rows that follow it: it is not left alone at a page's end, and is said again on the next page. */
export type Row = { cells: readonly string[]; bold?: boolean } | { heading: string }

const padding = 3
const hair = 0.5
const tint = rgb(0.93, 0.94, 0.96)
/** However long a cell's text is, its row fits on a page. */
const mostLines = 30

/** A table that goes on over as many pages as it takes: no row is split, and each page begins with the head. */
export async function drawTable(
  pages: Pages,
  { columns, rows, size = 9 }: { columns: readonly Column[]; rows: readonly Row[]; size?: number },
): Promise<void> {
  const { left, width, fonts } = pages
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => (width * share) / shares)
  const lettersOf = (bold: boolean): Letters => ({ font: bold ? fonts.bold : fonts.regular, size })

  interface Measured {
    lines: string[][]
    height: number
    bold: boolean
    heading: boolean
  }

  function measured(row: Row): Measured {
    const heading = 'heading' in row
    const bold = heading || row.bold === true
    const letters = lettersOf(bold)
    const lines = heading
      ? [wrapped(row.heading, letters, width - 2 * padding, 2)]
      : row.cells.map((cell, nth) => wrapped(cell, letters, (widths[nth] ?? 0) - 2 * padding, mostLines))
    return {
      lines,
      height: Math.max(...lines.map(({ length }) => length)) * lineHeight(letters) + 2 * padding,
      bold,
      heading,
    }
  }

  function drawRow({ lines, height, bold, heading }: Measured): void {
    const { page, top } = pages
    if (heading) page.drawRectangle({ x: left, y: top - height, width, height, color: tint })
    let x = left
    for (const [nth, cell] of lines.entries()) {
      const across = heading ? width : (widths[nth] ?? 0)
      const align = heading ? 'left' : (columns[nth]?.align ?? 'left')
      write(page, cell, { x: x + padding, top: top - padding, width: across - 2 * padding, align }, lettersOf(bold))
      x += across
    }
    pages.top = top - height
    const y = pages.top
    page.drawLine({ start: { x: left, y }, end: { x: left + width, y }, thickness: hair, color: faintInk })
  }

  const head = measured({ cells: columns.map((column) => column.head), bold: true })
  const all = rows.map(measured)
  let heading: Measured | undefined
  await pages.room(head.height + heightWithNext(all, 0))
  drawRow(head)
  for (const [nth, row] of all.entries()) {
    if (row.heading) heading = row
    if (await pages.room(heightWithNext(all, nth))) {
      drawRow(head)
      if (heading && !row.heading) drawRow(heading)
    }
    drawRow(row)
  }
}

/** A heading takes the row below it along. */
function heightWithNext(rows: readonly { height: number; heading: boolean }[], nth: number): number {
  const row = rows[nth]
  if (!row) return 0
  return row.height + (row.heading ? heightWithNext(rows, nth + 1) : 0)
}
