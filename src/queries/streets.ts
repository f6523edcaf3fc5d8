import { type StreetDirectory, streetDirectory } from '../domain/address/directory.ts'
import type { Sql } from '../infra/database.ts'

/** Streets change with an import; a directory some minutes old does no harm, for it only reads what was typed. */
const keptMs = 60_000

/** A reader of the street directory, which is built at most once a minute. */
export function streetDirectoryReader(sql: Sql): () => Promise<StreetDirectory> {
  let kept: { directory: Promise<StreetDirectory>; until: number } | undefined
  return async () => {
    const at = performance.now()
    if (kept && at < kept.until) return kept.directory
    const directory = read(sql)
    kept = { directory, until: at + keptMs }
    directory.catch(() => {
      kept = undefined
    })
    return directory
  }
}

async function read(sql: Sql): Promise<StreetDirectory> {
  const streets = await sql<{ id: number; type: string; name: string }>(
    'queries.streets',
    'SELECT id, type, name FROM street ORDER BY id',
    [],
  )
  return streetDirectory(streets)
}
