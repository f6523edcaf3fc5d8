import { readCell } from './cell.ts'
import type { Column, ImportSettings, Kind } from './kinds/kind.ts'
import { RefusedFile, type RowProblem } from './problems.ts'
import type { Row } from './records.ts'

/**
 * A row ready for the staging table: the staged columns in the order of the kind, then its derived values. A `spoilt` one is bad and
 * holds only what says which rows it keeps out.
 */
export interface StagedRow {
  line: number
  values: (string | null)[]
  spoilt?: true
}

/** What is wrong with which column; a problem of the whole row names none. */
export interface CellProblem {
  column: string
  problem: RowProblem
}

/** Cells as they were read, by column: undefined where the cell was bad, null where it was empty. */
export type ReadCells = Map<string, string | null | undefined>

export type ReadRow = { row: StagedRow; cells: ReadCells } | { problems: CellProblem[]; cells: ReadCells }

/**
 * A reader of the rows under this header. Columns may come in any order and letter case, unknown ones are left out.
 * Refuses the file when a column is missing or named twice.
 */
export function rowReader(kind: Kind, header: readonly string[], settings: ImportSettings): (row: Row) => ReadRow {
  const names = header.map((name) => name.replace(/\s+/gu, '').toLowerCase())
  const places = kind.columns.map((column) => ({ column, at: placeOf(column, names) }))
  return ({ line, cells: raw }) => {
    const cells: ReadCells = new Map()
    const extra = raw.slice(header.length)
    if (raw.length < header.length || extra.some((cell) => cell.trim() !== '')) {
      return { problems: [{ column: '', problem: unreadable(raw) ? 'BAD_ENCODING' : 'BAD_ROW' }], cells }
    }
    const problems: CellProblem[] = []
    for (const { column, at } of places) {
      const text = raw[at] ?? ''
      const cell = unreadable([text]) ? ({ problem: 'BAD_ENCODING' } as const) : readCell(column.type, text)
      const problem = 'problem' in cell ? cell.problem : cell.value === null && column.required ? 'MISSING' : undefined
      if (problem) problems.push({ column: column.name, problem })
      cells.set(column.name, 'value' in cell ? cell.value : undefined)
    }
    if (problems.length > 0) return { problems, cells }
    const value = (name: string) => cells.get(name) ?? null
    const staged = kind.columns.filter((column) => !column.notStaged).map((column) => value(column.name))
    return { row: { line, values: [...staged, ...kind.derive(value, settings)] }, cells }
  }
}

/** What a bad row leaves in the staging table, so that the rows which belong with it are kept out; nothing where rows stand alone. */
export function spoiltRow(kind: Kind, line: number, cells: ReadCells): StagedRow[] {
  const { whole } = kind
  if (!whole) return []
  const staged = kind.columns.filter((column) => !column.notStaged)
  const known = staged.map(({ name }) => (whole.includes(name) ? (cells.get(name) ?? null) : null))
  return [{ line, values: [...known, ...kind.derived.map(() => null)], spoilt: true }]
}

function placeOf(column: Column, names: readonly string[]): number {
  const at = names.indexOf(column.name)
  if (at < 0 && !column.mayBeAbsent) throw new RefusedFile('MISSING_COLUMN', { column: column.name })
  if (at >= 0 && names.indexOf(column.name, at + 1) >= 0)
    throw new RefusedFile('DUPLICATE_COLUMN', { column: column.name })
  return at
}

/** U+FFFD is what decoding made of bytes it did not know; PostgreSQL takes no zero character. */
const unreadable = (cells: readonly string[]) => cells.some((cell) => cell.includes('\uFFFD') || cell.includes('\0'))
