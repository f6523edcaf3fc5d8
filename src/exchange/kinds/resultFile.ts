import type { ClientBase } from 'pg'
import type { Kind, Merged } from './kind.ts'

// What files have in common that tell what became of rows we handed out, by our own ids.

/** The row's id of ours, of the column that holds it. */
export const ownId = (column: string): Pick<Kind, 'derived' | 'derive'> => ({
  derived: [{ name: 'id', sql: 'uuid' }],
  derive: (cell) => [uuid.exec(cell(column) ?? '')?.[0] ?? null],
})

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Rows of `table` take what the file says of them by `change`, which answers how many did; then the file is noted with all it spoke of, and an
 * older one changes nothing there any more.
 */
export async function resultsMerged(
  client: ClientBase,
  table: 'reading' | 'booking',
  stamp: string,
  change: () => Promise<number>,
): Promise<Merged> {
  const { rows } = await client.query<{ total: number; older: number }>(
    `SELECT count(*)::int AS total, count(*) FILTER (WHERE t.result_from > $1)::int AS older
       FROM staging s JOIN ${table} t ON t.id = s.id WHERE s.problem IS NULL`,
    [stamp],
  )
  const loaded = await change()
  await client.query(
    `UPDATE ${table} t SET result_from = $1 FROM staging s
      WHERE t.id = s.id AND s.problem IS NULL AND (t.result_from IS NULL OR t.result_from < $1)`,
    [stamp],
  )
  const [{ total, older } = { total: 0, older: 0 }] = rows
  return { loaded, unchanged: total - older - loaded, older }
}
