import { parse } from 'csv-parse/sync'
import { RefusedFile } from './problems.ts'

/** One row of cells and the number of its first line in the file (the header is line 1). */
export interface Row {
  line: number
  cells: string[]
}

/** A quoted cell may hold line breaks, but not more than this: past it the quote was never closed. */
const linesInRow = 5
const longestLine = 256 * 1024

/**
 * The rows of a `;`-separated text, empty lines left out, handed on a batch at a time so that memory stays flat.
 * A row that cannot be cut into cells comes as a single cell.
 */
export async function* records(text: AsyncIterable<string>): AsyncGenerator<Row[]> {
  let linesBefore = 0
  for await (const piece of tamed(text)) {
    const rows: Row[] = []
    // A piece holds whole rows only, so each can be parsed by itself.
    parse(piece, {
      ...options,
      record_delimiter: ['\r\n', '\n'],
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: linesBefore + lines - breaksIn(cells), cells })
        return null
      },
    })
    yield rows
    linesBefore += piece.split('\n').length - 1
  }
}

const options = {
  delimiter: ';',
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
} as const

const breaksIn = (record: string[]) => record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)

/**
 * The same text in which no quote can swallow what follows it: a line whose quotes do not close, neither in it nor in the few
 * lines after it, is itself put into quotes whole. It then is one cell, stands out, and harms no neighbour.
 */
async function* tamed(text: AsyncIterable<string>): AsyncGenerator<string> {
  let columns = 0
  let open: string[] = []
  for await (const piece of inLines(text)) {
    let out = ''
    for (const line of piece) {
      columns ||= cellsIn(line) ?? 0
      open.push(line)
      while (open.length > 0) {
        const settled = settle(open, columns)
        if (!settled) break
        out += settled.text
        open = open.slice(settled.lines)
      }
    }
    if (out) yield out
  }
  // What is still open at the end of the file never closes.
  while (open.length > 0) {
    const settled = settle(open, columns) ?? { text: inQuotes(open[0] ?? ''), lines: 1 }
    yield settled.text
    open = open.slice(settled.lines)
  }
}

/** What the waiting lines amount to: the row they make, the first line as a bad one, or undefined when more lines are needed. */
function settle(lines: string[], columns: number): { text: string; lines: number } | undefined {
  const first = lines[0] ?? ''
  if (!first.includes('"')) return { text: first, lines: 1 }
  for (let count = 1; count <= Math.min(lines.length, linesInRow); count++) {
    // The parser would count the two characters of a line's end within quotes as two lines.
    const joined = count === 1 ? first : lines.slice(0, count).join('').replaceAll('\r\n', '\n')
    const cells = cellsIn(joined)
    if (cells === undefined) continue
    return count === 1 || cells === columns ? { text: joined, lines: count } : { text: inQuotes(first), lines: 1 }
  }
  return lines.length < linesInRow ? undefined : { text: inQuotes(first), lines: 1 }
}

function inQuotes(line: string): string {
  const [, body = '', end = ''] = /^(.*?)(\r?\n?)$/s.exec(line) ?? []
  return `"${body.replaceAll('"', '""')}"${end}`
}

/** How many cells RFC 4180 sees; undefined when a quote does not close where a cell ends. In an unquoted cell it is a mere character. */
function cellsIn(row: string): number | undefined {
  const end = row.length - (/\r?\n$/.exec(row)?.[0].length ?? 0)
  for (let cells = 1, at = 0; ; cells++, at++) {
    if (row[at] === '"' && at < end) {
      let close = row.indexOf('"', at + 1)
      while (close >= 0 && row[close + 1] === '"') close = row.indexOf('"', close + 2)
      if (close < 0 || (close + 1 < end && row[close + 1] !== ';')) return undefined
      at = close + 1
    } else {
      const next = row.indexOf(';', at)
      at = next < 0 ? end : next
    }
    if (at >= end) return cells
  }
}

/** Whole lines with their ends, a piece at a time. */
async function* inLines(text: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = ''
  for await (const piece of text) {
    const lines = (rest + piece).split(/(?<=\n)/)
    rest = lines.at(-1)?.endsWith('\n') ? '' : (lines.pop() ?? '')
    if (rest.length > longestLine) throw new RefusedFile('NOT_A_TABLE')
    yield lines
  }
  if (rest) yield [rest]
}
