import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ClientBase, Pool } from 'pg'
import { type BankAgreement, usualAgreement } from '../domain/payment/paymentCode.ts'
import { isConflict, onConnection } from '../infra/database.ts'
import { type Control, readControl, Tally } from './control.ts'
import { decode } from './decode.ts'
import { type ErrorsFile, errorsFile, maskedRow } from './errorsFile.ts'
import { type FileName, parseFileName } from './fileName.ts'
import type { Kind, KindName, Merged, Moment } from './kinds/kind.ts'
import { kinds } from './kinds/kinds.ts'
import { type Refusal, RefusedFile } from './problems.ts'
import { rowReader, type StagedRow, spoiltRow } from './readRow.ts'
import { records } from './records.ts'
import { badRows, createStaging, type ListedRow, markBadRows, remarkedRows, stage, withhold } from './staging.ts'

export interface ImportOptions extends Moment {
  /** Keys the hash of activation codes; the same key checks the codes that residents type. */
  hashKey: string
  /** How payment codes are written for the bank: requisites must fit them. The usual way when not said. */
  agreement?: BankAgreement
  /** Ends the import early and undoes it; `importFile` then throws the signal's reason. */
  signal?: AbortSignal
  onProgress?(progress: { readBytes: number; allBytes: number }): void
}

/**
 * What came of a file. `rows` counts data rows; they are `loaded` (new or changed), `unchanged`, `older` (a newer file has told of
 * them before), `bad` or `withheld` because of a bad one that they belong with. `errorsFile` lists the last two, and the rows that are
 * loaded although figures do not add up: so many are `remarked`. Of a refused file nothing is loaded.
 */
export interface ImportResult extends Merged {
  kind?: KindName
  rows: number
  bad: number
  withheld: number
  remarked: number
  errorsFile?: string
  refused?: Refusal
}

/** More bad rows than one in so many, and the file is refused (domain.md, section 10). */
const oneBadRowIn = 100

/**
 * Loads one billing file `<kind>_<YYYYMMDD>_<NNN>.csv` (domain.md, section 10). The file is streamed and merged in one transaction:
 * others read the old data until it commits, and an import that is cut short has changed nothing. Loading a file again is harmless.
 * A file that is wrong as a whole is answered as `refused`; only a failing database is thrown.
 */
export async function importFile(
  database: { pool: Pool },
  path: string,
  options: ImportOptions,
): Promise<ImportResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await importOnce(database.pool, path, options)
    } catch (error) {
      // Residents write at the same time: who is in each other's way is undone by PostgreSQL and does it again.
      if (!isConflict(error) || attempt === 3) throw error
    }
  }
}

async function importOnce(pool: Pool, path: string, options: ImportOptions): Promise<ImportResult> {
  const name = parseFileName(path)
  const result: ImportResult = {
    ...{ rows: 0, loaded: 0, unchanged: 0, older: 0, bad: 0, withheld: 0, remarked: 0 },
    ...(name && { kind: name.kind }),
  }
  const allBytes = await stat(path).then(
    (file) => (file.isFile() ? file.size : undefined),
    () => undefined,
  )
  if (allBytes === undefined) return { ...result, refused: { code: 'NOT_FOUND', facts: {} } }
  if (!name) return { ...result, refused: { code: 'BAD_NAME', facts: {} } }

  const errors = await errorsFile(path)
  const file: OpenFile = { path, name, kind: kinds[name.kind], allBytes, errors, options }
  try {
    const control = await readControl(path)
    const merged = await onConnection({ pool }, (client) => load(client, file, control, result))
    return { ...result, ...merged, ...(errors.rows > 0 && { errorsFile: errors.path }) }
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error
    return { ...result, refused: error.refusal, ...(errors.rows > 0 && { errorsFile: errors.path }) }
  } finally {
    await errors.close()
  }
}

interface OpenFile {
  path: string
  name: FileName
  kind: Kind
  allBytes: number
  errors: ErrorsFile
  options: ImportOptions
}

async function load(
  client: ClientBase,
  file: OpenFile,
  control: Control | undefined,
  result: ImportResult,
): Promise<Merged> {
  const { kind } = file
  // Two imports of one kind would overtake each other: the second waits.
  await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`import ${kind.name}`])
  await createStaging(client, kind)
  const tally = new Tally()
  const header: string[] = []
  await stage(client, kind, goodRows(file, tally, header, result))
  result.rows = tally.rows
  if (control) tally.check(control, kind.name === 'readings' ? 3 : 0)

  // Sorting and grouping millions of rows on disk takes several times as long.
  await client.query(`SET LOCAL work_mem = '128MB'`)
  result.bad += await markBadRows(client, kind)
  result.withheld = await withhold(client, kind)
  await list(badRows(client, kind), file, header)
  if (result.bad * oneBadRowIn > result.rows) {
    throw new RefusedFile('TOO_MANY_BAD_ROWS', { rows: result.rows, bad: result.bad })
  }
  result.remarked = await list(remarkedRows(client, kind), file, header)
  file.options.signal?.throwIfAborted()
  return kind.merge(client, file.name.stamp, file.options)
}

/** Writes rows that the database has found into the errors file; answers how many. */
async function list(rows: AsyncIterable<ListedRow>, { kind, errors }: OpenFile, header: string[]): Promise<number> {
  const names = header.map((each) => each.trim().toLowerCase())
  let count = 0
  for await (const { line, column, problem, cells } of rows) {
    const raw = names.map((each) => cells.get(each) ?? '')
    await errors.add(line, [{ column, problem }], maskedRow(kind, header, raw, cells))
    count++
  }
  return count
}

/** Batches of the file's rows for the staging table. On the way bad rows go to the errors file and the control figures are counted. */
async function* goodRows(
  file: OpenFile,
  tally: Tally,
  header: string[],
  result: ImportResult,
): AsyncGenerator<StagedRow[]> {
  let read: ReturnType<typeof rowReader> | undefined
  for await (const rows of records(decode(bytesOf(file, tally)))) {
    const good: StagedRow[] = []
    for (const row of rows) {
      if (!read) {
        header.push(...row.cells)
        const { hashKey, agreement = usualAgreement } = file.options
        read = rowReader(file.kind, header, { hashKey, agreement })
        continue
      }
      const outcome = read(row)
      tally.row(file.kind.sum && outcome.cells.get(file.kind.sum))
      if ('row' in outcome) {
        good.push(outcome.row)
        continue
      }
      result.bad++
      good.push(...spoiltRow(file.kind, row.line, outcome.cells))
      await file.errors.add(row.line, outcome.problems, maskedRow(file.kind, header, row.cells, outcome.cells))
    }
    yield good
  }
  if (!read) throw new RefusedFile('NOT_A_TABLE')
}

async function* bytesOf({ path, allBytes, options }: OpenFile, tally: Tally): AsyncGenerator<Buffer> {
  let readBytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    options.signal?.throwIfAborted()
    const bytes: Buffer = chunk
    tally.bytes(bytes)
    yield bytes
    readBytes += bytes.length
    options.onProgress?.({ readBytes, allBytes })
  }
}
