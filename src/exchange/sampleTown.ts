import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Pool } from 'pg'
import type { LocalDate } from '../domain/localDate.ts'
import { AppError } from '../infra/errors.ts'
import { inLoadingOrder, parseFileName } from './fileName.ts'
import { importFile } from './importFile.ts'

/**
 * Loads the sample town (`prisma/sample`) by the importer that loads real files; answers whether it had to. Does nothing when the
 * town is there already, so it may be called at every start. Fails with `BAD_FILE` when a file of the town is refused.
 */
export async function importSampleTown(
  database: { pool: Pool },
  {
    hashKey,
    today,
    folder = fileURLToPath(new URL('../../prisma/sample/', import.meta.url)),
  }: { hashKey: string; today: LocalDate; folder?: string },
): Promise<{ loaded: boolean }> {
  // Places taken elsewhere are loaded last and in one transaction: where there are some, all the rest is there too.
  const { rows } = await database.pool.query('SELECT FROM slot_taken LIMIT 1')
  if (rows.length > 0) return { loaded: false }
  const names = await readdir(folder)
  for (const name of inLoadingOrder(names.filter((each) => parseFileName(each)))) {
    const { refused } = await importFile(database, join(folder, name), { hashKey, today })
    if (refused) throw new AppError('BAD_FILE', { facts: { file: name, refusal: refused.code, ...refused.facts } })
  }
  return { loaded: true }
}
