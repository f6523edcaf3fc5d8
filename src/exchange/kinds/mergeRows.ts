import type { ClientBase } from 'pg'
import type { Merged } from './kind.ts'

/**
 * `source` is a SELECT whose column names are those of `table`. `next`: what becomes of a column of a known row, where it is not what the
 * file says (SQL over `s`, the file's row, and `t`, the known one).
 */
interface Rows {
  table: 'account' | 'meter' | 'payment' | 'payee' | 'office' | 'slot_taken'
  key: string
  columns: readonly string[]
  next?: Readonly<Record<string, string>>
  source: string
}

/**
 * New rows in, changed rows over, set-wise. Each row remembers the newest file that told of it, even when it told nothing new:
 * otherwise a file that comes late could bring back values that a newer one has confirmed to be different.
 */
export async function mergeRows(client: ClientBase, rows: Rows, stamp: string): Promise<Merged> {
  const { table, key, columns } = rows
  const next = (column: string) => rows.next?.[column] ?? `s.${column}`
  const from = `FROM (${rows.source}) s WHERE t.${key} = s.${key}`

  const total = await count(client, `SELECT count(*) FROM (${rows.source}) s`)
  const older = await count(
    client,
    `SELECT count(*) FROM ${table} t, (${rows.source}) s WHERE t.${key} = s.${key} AND t.imported_from > $1`,
    stamp,
  )
  const changed = await client.query(
    `UPDATE ${table} t SET ${columns.map((column) => `${column} = ${next(column)}`).join(', ')}, imported_from = $1 ${from}
       AND t.imported_from <= $1
       AND (${columns.map((column) => `t.${column}`).join(', ')}) IS DISTINCT FROM (${columns.map(next).join(', ')})`,
    [stamp],
  )
  await client.query(`UPDATE ${table} t SET imported_from = $1 ${from} AND t.imported_from < $1`, [stamp])
  const added = await client.query(
    `INSERT INTO ${table} (${key}, ${columns.join(', ')}, imported_from)
     SELECT s.${key}, ${columns.map((column) => `s.${column}`).join(', ')}, $1 FROM (${rows.source}) s
      WHERE NOT EXISTS (SELECT FROM ${table} t WHERE t.${key} = s.${key}) ORDER BY s.${key}`,
    [stamp],
  )
  const loaded = (changed.rowCount ?? 0) + (added.rowCount ?? 0)
  return { loaded, unchanged: total - older - loaded, older }
}

async function count(client: ClientBase, sql: string, ...values: string[]): Promise<number> {
  const { rows } = await client.query<{ count: string }>(sql, values)
  return Number(rows[0]?.count ?? 0)
}
