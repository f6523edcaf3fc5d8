import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { CellType } from './cell.ts'
import type { Check, Kind } from './kinds/kind.ts'
import type { RowProblem } from './problems.ts'
import type { StagedRow } from './readRow.ts'

/** The mark of a row that was bad when it was read. */
const spoilt = 'SPOILT'

/** A staged row that the database has something to say of, with its cells as they were read (null: empty or not kept). */
export interface ListedRow {
  line: number
  column: string
  problem: RowProblem
  cells: Map<string, string | null>
}

/** The staging table lives in the import's transaction and on its connection only: whatever interrupts an import leaves nothing. */
export async function createStaging(client: ClientBase, kind: Kind): Promise<void> {
  const columns = [
    ...stagedColumns(kind).map(({ name, type }) => `"${name}" ${sqlType(type)}`),
    ...kind.derived.map(({ name, sql }) => `${name} ${sql}`),
  ]
  await client.query(
    `CREATE TEMPORARY TABLE staging (line integer, ${columns.join(', ')}, problem text, problem_column text) ON COMMIT DROP`,
  )
}

/** Streams rows into the staging table by COPY. */
export async function stage(client: ClientBase, kind: Kind, rows: AsyncIterable<StagedRow[]>): Promise<void> {
  const names = [
    'line',
    'problem',
    ...stagedColumns(kind).map(({ name }) => `"${name}"`),
    ...kind.derived.map(({ name }) => name),
  ]
  const copy = client.query(copyFrom(`COPY staging (${names.join(', ')}) FROM STDIN`))
  await pipeline(copyText(rows), copy)
  await client.query(`CREATE INDEX ON staging (${kind.whole ? kind.whole.join(', ') : `"${kind.key[0]}"`})`)
  if (kind.whole) await client.query('CREATE INDEX ON staging (line)')
  await client.query('ANALYZE staging')
}

/** Marks the rows that only the whole file or the database can tell to be bad; a row keeps the first problem found. */
export async function markBadRows(client: ClientBase, kind: Kind): Promise<number> {
  const twice = `line IN (SELECT line FROM (SELECT line, row_number() OVER (PARTITION BY ${kind.key.map((name) => `"${name}"`).join(', ')} ORDER BY line) AS nth
                 FROM staging WHERE problem IS NULL) d WHERE nth > 1)`
  const column = kind.key.length === 1 ? kind.key[0] : ''
  let bad = 0
  for (const check of [{ problem: 'DUPLICATE' as const, column, where: twice }, ...kind.checks]) {
    bad += await mark(client, check)
  }
  return bad
}

/**
 * Marks the good rows which a bad one keeps out: those that agree with it in the kind's `whole` columns. Of a row that does not say
 * where it belongs these are all rows of its account; without an account, those that the rows next to it belong with.
 */
export async function withhold(client: ClientBase, { whole }: Kind): Promise<number> {
  if (!whole) return 0
  const [account = ''] = whole
  const [names, known] = [whole.join(', '), whole.map((name) => `b.${name} IS NOT NULL`).join(' AND ')]
  const next = (way: '<' | '>', order: 'DESC' | 'ASC') =>
    `(SELECT ${names} FROM staging n WHERE n.line ${way} b.line AND n.${account} IS NOT NULL ORDER BY n.line ${order} LIMIT 1)`
  const wherever = [
    `EXISTS (SELECT FROM staging b WHERE b.problem IS NOT NULL AND NOT (${known}) AND b.${account} = s.${account})`,
    `(${whole.map((name) => `s.${name}`).join(', ')}) IN (
       SELECT ${names} FROM staging b WHERE problem IS NOT NULL AND ${known}
        UNION SELECT n.* FROM staging b, LATERAL (${next('<', 'DESC')} UNION ALL ${next('>', 'ASC')}) n
               WHERE b.problem IS NOT NULL AND b.${account} IS NULL)`,
  ]
  let withheld = 0
  for (const where of wherever) withheld += await mark(client, { problem: 'WITHHELD', column: '', where })
  return withheld
}

async function mark(client: ClientBase, { problem, column, where }: Check): Promise<number> {
  const marked = await client.query(
    `UPDATE staging s SET problem = $1, problem_column = $2 WHERE problem IS NULL AND ${where}`,
    [problem, column],
  )
  return marked.rowCount ?? 0
}

/** The rows marked as bad, in the order of the file; those are left out that were listed when they were read. */
export function badRows(client: ClientBase, kind: Kind): AsyncGenerator<ListedRow> {
  return listed(
    client,
    kind,
    `SELECT s.*, problem AS listed_for, problem_column AS listed_at FROM staging s WHERE problem <> '${spoilt}'`,
  )
}

/** The rows to be loaded of which there is something to say, in the order of the file. */
export async function* remarkedRows(client: ClientBase, kind: Kind): AsyncGenerator<ListedRow> {
  const remarks = (kind.remarks ?? []).map(
    ({ problem, column, where }) =>
      `SELECT s.*, '${problem}' AS listed_for, '${column}' AS listed_at FROM staging s WHERE problem IS NULL AND ${where}`,
  )
  if (remarks.length > 0) yield* listed(client, kind, remarks.join(' UNION ALL '))
}

/** `rows` is a SELECT of rows of the staging table, each with its problem (`listed_for`) and column (`listed_at`); they are fetched a page at a time. */
async function* listed(client: ClientBase, kind: Kind, rows: string): AsyncGenerator<ListedRow> {
  const names = stagedColumns(kind).map(({ name }) => name)
  const cells = `ARRAY[${names.map((name) => `"${name}"::text`).join(', ')}] AS cells`
  await client.query(
    `DECLARE listed NO SCROLL CURSOR FOR SELECT line, listed_for, listed_at, ${cells} FROM (${rows}) r ORDER BY line, listed_at`,
  )
  for (;;) {
    const page = await client.query<{
      line: number
      listed_for: RowProblem
      listed_at: string
      cells: (string | null)[]
    }>('FETCH 1000 FROM listed')
    if (page.rows.length === 0) break
    for (const { line, listed_for: problem, listed_at: column, cells } of page.rows) {
      yield { line, column, problem, cells: new Map(names.map((name, at) => [name, cells[at] ?? null])) }
    }
  }
  await client.query('CLOSE listed')
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

async function* copyText(batches: AsyncIterable<StagedRow[]>): AsyncGenerator<string> {
  for await (const rows of batches) {
    const text = rows
      .map((row) => `${row.line}\t${row.spoilt ? spoilt : '\\N'}\t${row.values.map(copyValue).join('\t')}\n`)
      .join('')
    if (text) yield text
  }
}

/** COPY's text form: `\N` is null; no cell holds a tab or a line break any more (`cell.ts` has made them spaces). */
const copyValue = (value: string | null) => (value === null ? '\\N' : value.replaceAll('\\', '\\\\'))
