import { type FileHandle, open, rm } from 'node:fs/promises'
import { maskAccount } from '../domain/accountNumber.ts'
import type { Kind } from './kinds/kind.ts'
import { mayBeShown } from './offending.ts'
import { type RowProblem, rowProblems } from './problems.ts'
import type { CellProblem, ReadCells } from './readRow.ts'

/** `<file>.errors.csv` beside a billing file: line; column; code; message; masked row. It exists only if there are bad rows. */
export interface ErrorsFile {
  path: string
  /** So many have been added. */
  readonly rows: number
  add(line: number, problems: readonly CellProblem[], maskedRow: string): Promise<void>
  close(): Promise<void>
}

/** Takes away what an earlier import of the same file has left, so that an errors file always speaks of the last import. */
export async function errorsFile(of: string): Promise<ErrorsFile> {
  const path = `${of}.errors.csv`
  await rm(path, { force: true })
  let file: FileHandle | undefined
  let waiting = ''
  let rows = 0
  const flush = async () => {
    file ??= await open(path, 'w', 0o600)
    await file.write(waiting)
    waiting = ''
  }
  return {
    path,
    get rows() {
      return rows
    },
    async add(line, problems, maskedRow) {
      rows++
      // The byte-order mark tells Excel that this is UTF-8.
      if (!file && !waiting) waiting = '\uFEFFline;column;code;message;row\r\n'
      for (const { column, problem } of problems) waiting += csvLine(line, column, problem, maskedRow)
      if (waiting.length > 64 * 1024) await flush()
    },
    async close() {
      if (waiting) await flush()
      await file?.close()
    },
  }
}

/**
 * A bad row as it may be shown: account numbers by their last four digits, what says nothing of a person as it was read, a bad
 * date, number or word as it was written, so that nobody has to look it up in the source, and of everything else only the shape
 * (`•••• ••-••`). A row that did not fall into cells shows its shape alone: any cell may be a name.
 */
export function maskedRow(kind: Kind, header: readonly string[], raw: readonly string[], cells: ReadCells): string {
  const columns = new Map(kind.columns.map((column) => [column.name, column]))
  return raw
    .map((text, at) => {
      const column = columns.get(header[at]?.trim().toLowerCase() ?? '')
      const value = column && cells.get(column.name)
      if (column?.type.is === 'account' && value) return maskAccount(value)
      const isBad = column !== undefined && cells.has(column.name) && value === undefined
      if (isBad && mayBeShown(column.type, text)) return text.trim()
      return column?.shown && value ? value : shapeOf(text)
    })
    .join(';')
}

export const shapeOf = (text: string) => text.replace(/[\p{L}\p{N}]/gu, '•')

function csvLine(line: number, column: string, problem: RowProblem, row: string): string {
  return `${line};${column};${problem};${quoted(rowProblems[problem])};${quoted(row)}\r\n`
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
