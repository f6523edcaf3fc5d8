import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { CellType } from './cell.ts'
import type { Kind } from './kinds/kind.ts'
import type { RowProblem } from './problems.ts'
import type { GoodRow } from './readRow.ts'

/** A staged row that turned out bad in the database, with its cells as they were read (null: empty or not kept). */
export interface BadStagedRow {
  line: number
  column: string
  problem: RowProblem
  cells: Map<string, string | null>
}

/** The staging table lives in the import's transaction and on its connection only: whatever interrupts an import leaves nothing. */
export async function createStaging(client: ClientBase, kind: Kind): Promise<void> {
  const columns = [
    ...stagedColumns(kind).map(({ name, type }) => `${name} ${sqlType(type)}`),
    ...kind.derived.map(({ name, sql }) => `${name} ${sql}`),
  ]
  await client.query(
    `CREATE TEMPORARY TABLE staging (line integer, ${columns.join(', ')}, problem text, problem_column text) ON COMMIT DROP`,
  )
}

/** Streams rows into the staging table by COPY. */
export async function stage(client: ClientBase, kind: Kind, rows: AsyncIterable<GoodRow[]>): Promise<void> {
  const names = ['line', ...stagedColumns(kind).map(({ name }) => name), ...kind.derived.map(({ name }) => name)]
  const copy = client.query(copyFrom(`COPY staging (${names.join(', ')}) FROM STDIN`))
  await pipeline(copyText(rows), copy)
  await client.query(`CREATE INDEX ON staging (${kind.key})`)
  await client.query('ANALYZE staging')
}

/** Marks the rows that only the whole file or the database can tell to be bad; a row keeps the first problem found. */
export async function markBadRows(client: ClientBase, kind: Kind): Promise<number> {
  const twice = `line IN (SELECT line FROM (SELECT line, row_number() OVER (PARTITION BY ${kind.key} ORDER BY line) AS nth FROM staging) d WHERE nth > 1)`
  let bad = 0
  for (const check of [{ problem: 'DUPLICATE', column: kind.key, where: twice }, ...kind.checks]) {
    const marked = await client.query(
      `UPDATE staging s SET problem = $1, problem_column = $2 WHERE problem IS NULL AND ${check.where}`,
      [check.problem, check.column],
    )
    bad += marked.rowCount ?? 0
  }
  return bad
}

/** The rows marked as bad in the order of the file, fetched a page at a time. */
export async function* badRows(client: ClientBase, kind: Kind): AsyncGenerator<BadStagedRow> {
  const names = stagedColumns(kind).map(({ name }) => name)
  const sql = `SELECT line, problem, problem_column, ARRAY[${names.map((name) => `${name}::text`).join(', ')}] AS cells
                 FROM staging WHERE problem IS NOT NULL AND line > $1 ORDER BY line LIMIT 1000`
  for (let after = 0; ; ) {
    const { rows } = await client.query<{
      line: number
      problem: RowProblem
      problem_column: string
      cells: (string | null)[]
    }>(sql, [after])
    for (const row of rows) {
      const cells = new Map(names.map((name, index) => [name, row.cells[index] ?? null]))
      yield { line: row.line, column: row.problem_column, problem: row.problem, cells }
      after = row.line
    }
    if (rows.length === 0) return
  }
}

const stagedColumns = (kind: Kind) => kind.columns.filter((column) => !column.notStaged)

function sqlType(type: CellType): string {
  switch (type.is) {
    case 'integer':
      return 'bigint'
    case 'decimal':
      return type.scaled ? 'bigint' : 'numeric'
    case 'date':
      return 'date'
    case 'instant':
      return 'timestamptz'
    default:
      return 'text'
  }
}

async function* copyText(batches: AsyncIterable<GoodRow[]>): AsyncGenerator<string> {
  for await (const rows of batches) {
    const text = rows.map(({ line, values }) => `${line}\t${values.map(copyValue).join('\t')}\n`).join('')
    if (text) yield text
  }
}

/** COPY's text form: `\N` is null; no cell holds a tab or a line break any more (`cell.ts` has made them spaces). */
const copyValue = (value: string | null) => (value === null ? '\\N' : value.replaceAll('\\', '\\\\'))
