import { type FileHandle, mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import iconv from 'iconv-lite'
import type { ClientBase } from 'pg'
import { AppError } from '../infra/errors.ts'
import { point } from '../infra/points.ts'
import { type Control, controlPath, controlText, Tally } from './control.ts'

export type Encoding = 'windows-1251' | 'utf8'

/** Cells by column; null is an empty cell. */
export type OutRow = Readonly<Record<string, string | null>>

/** How a kind of outgoing file looks (domain.md, section 10). `sum`: the column whose sum its control file states, with so many decimals. */
export interface OutKind {
  columns: readonly string[]
  sum?: { column: string; places: number }
}

/**
 * Writes a billing file and its control file, and puts them in their place, the control file first, once both are on disk: whoever
 * looks for the file finds none or all of it. What a kill leaves is a `.part`, which the next writing of the file uses up.
 * A value that the encoding has no letters for would come to the billing as another value: `NOT_IN_ENCODING`.
 */
export async function writeFile(
  path: string,
  kind: OutKind,
  rows: AsyncIterable<OutRow[]>,
  encoding: Encoding,
): Promise<Control & { rows: number }> {
  await mkdir(dirname(path), { recursive: true })
  const tally = new Tally()
  await onDisk(path, async (file) => {
    const put = async (text: string) => {
      const bytes = encoded(text, encoding)
      tally.bytes(bytes)
      await file.write(bytes)
    }
    await put(line(kind.columns))
    for await (const batch of rows) {
      for (const row of batch) tally.row(kind.sum && row[kind.sum.column])
      await put(batch.map((row) => line(kind.columns.map((column) => row[column] ?? ''))).join(''))
      point('export.batch')
    }
  })
  const control = tally.control(kind.sum?.places)
  await onDisk(controlPath(path), async (file) => {
    await file.write(controlText(control))
  })
  point('export.written')
  await rename(partOf(controlPath(path)), controlPath(path))
  await rename(partOf(path), path)
  const folder = await open(dirname(path))
  await folder.sync().finally(() => folder.close())
  point('export.placed')
  return control
}

const rowsAtOnce = 2000

/** The rows of a SELECT, a page at a time; whoever calls it off is thrown its reason. */
export async function* pagesOf(client: ClientBase, select: string, signal?: AbortSignal): AsyncGenerator<OutRow[]> {
  await client.query(`DECLARE outgoing NO SCROLL CURSOR FOR ${select}`)
  for (;;) {
    signal?.throwIfAborted()
    const { rows } = await client.query<OutRow>(`FETCH ${rowsAtOnce} FROM outgoing`)
    if (rows.length === 0) break
    yield rows
  }
  await client.query('CLOSE outgoing')
}

const partOf = (path: string) => `${path}.part`

async function onDisk(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(partOf(path), 'w', 0o640)
  try {
    await write(file)
    await file.sync()
  } finally {
    await file.close()
  }
}

function encoded(text: string, encoding: Encoding): Buffer {
  const bytes = iconv.encode(text, encoding)
  if (iconv.decode(bytes, encoding) !== text) throw new AppError('NOT_IN_ENCODING', { facts: { encoding } })
  return bytes
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(';')}\r\n`

const cell = (text: string): string => (/[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
