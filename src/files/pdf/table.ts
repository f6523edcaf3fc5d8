import { rgb } from 'pdf-lib'
import type { Fonts } from './fonts.ts'
import type { Pages } from './pages.ts'
import { hundredths, type Letters, lineHeight, widthOf, wrapped, write } from './text.ts'

/**
 * `share` of the page's width, against the other columns' shares. Numbers stand to the right and are never broken: such a column is as wide as
 * its longest number, and those with words make room.
 */
export interface Column {
  head: string
  share: number
  align?: 'left' | 'right'
}

/**
 * A row of cells; a heading over the rows that follow it, which is not left alone at a page's end and is said again on the next page; or a
 * note across the table.
 */
export type Row = { cells: readonly string[]; bold?: boolean } | { heading: string } | { note: string }

interface Table {
  columns: readonly Column[]
  rows: readonly Row[]
  /** Smaller where numbers would leave no room for words. */
  size?: number
}

interface Measured {
  lines: string[][]
  height: number
  letters: Letters
  heading: boolean
  /** One text over all columns. */
  across: boolean
}

const padding = 3
const hair = 0.5
const [tint, rule] = [rgb(0.93, 0.94, 0.96), rgb(0.7, 0.73, 0.76)]
/** However long a cell's text is, its row fits on a page. */
const mostLines = 30
const smallest = 6

/** A table that goes on over as many pages as it takes: no row is split, and each page begins with the head. */
export async function drawTable(pages: Pages, table: Table): Promise<void> {
  const { left, width, fonts } = pages
  const { columns } = table
  const { widths, size } = fitted(table, width, fonts)

  function measured(row: Row): Measured {
    const heading = 'heading' in row
    const across = heading ? row.heading : 'note' in row ? row.note : undefined
    const letters = lettersOf(row, size, fonts)
    const cells = 'cells' in row ? row.cells : []
    const lines =
      across === undefined
        ? cells.map((cell, nth) => wrapped(cell, letters, (widths[nth] ?? 0) - 2 * padding, mostLines))
        : [wrapped(across, letters, width - 2 * padding, mostLines)]
    const height = Math.max(...lines.map(({ length }) => length)) * lineHeight(letters) + 2 * padding
    return { lines, height, letters, heading, across: across !== undefined }
  }

  function drawRow({ lines, height, letters, heading, across }: Measured): void {
    const { page, top } = pages
    const y = hundredths(top - height)
    if (heading) page.drawRectangle({ x: left, y, width, height, color: tint })
    let x = left
    for (const [nth, cell] of lines.entries()) {
      const own = across ? width : (widths[nth] ?? 0)
      const align = across ? 'left' : (columns[nth]?.align ?? 'left')
      write(page, cell, { x: x + padding, top: top - padding, width: own - 2 * padding, align }, letters)
      x += own
    }
    page.drawLine({ start: { x: left, y }, end: { x: left + width, y }, thickness: hair, color: rule })
    pages.top = y
  }

  const head = measured(headOf(columns))
  const all = table.rows.map(measured)
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

const headOf = (columns: readonly Column[]): Row => ({ cells: columns.map(({ head }) => head), bold: true })

function lettersOf(row: Row, size: number, fonts: Fonts): Letters {
  const bold = 'heading' in row || ('cells' in row && row.bold === true)
  return { font: bold ? fonts.bold : fonts.regular, size }
}

/** Widths of the columns, and the largest size of letters at which words keep half of their share at least. */
function fitted({ columns, rows, size = 9 }: Table, width: number, fonts: Fonts): { widths: number[]; size: number } {
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const shared = columns.map(({ share }) => (width * share) / shares)
  const needed = columns.map(({ align }, nth) =>
    align === 'right' ? Math.max(shared[nth] ?? 0, widestNumber(nth, rows, size, fonts) + 2 * padding) : 0,
  )
  const words = shared.filter((_, nth) => needed[nth] === 0).reduce((sum, own) => sum + own, 0)
  const room = width - needed.reduce((sum, own) => sum + own, 0)
  if (room < words / 2 && size > smallest) return fitted({ columns, rows, size: size - 1 }, width, fonts)
  return { widths: shared.map((own, nth) => needed[nth] || (own * room) / words), size }
}

const widestNumber = (nth: number, rows: readonly Row[], size: number, fonts: Fonts): number =>
  rows.reduce((widest, row) => {
    const cell = 'cells' in row ? (row.cells[nth] ?? '') : ''
    return Math.max(widest, widthOf(cell, lettersOf(row, size, fonts)))
  }, 0)

/** A heading takes the row below it along. */
function heightWithNext(rows: readonly { height: number; heading: boolean }[], nth: number): number {
  const row = rows[nth]
  if (!row) return 0
  return row.height + (row.heading ? heightWithNext(rows, nth + 1) : 0)
}
