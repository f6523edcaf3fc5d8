import type { Config } from '../infra/config.ts'
import { type Database, openDatabase } from '../infra/database.ts'
import { connectOrStart } from '../infra/embeddedPostgres.ts'
import { migrate } from '../infra/migrate.ts'

/**
 * The product's own database, brought up to date: the one that `databaseUrl` names, else the embedded one under `dataDir`, which
 * is started when the product is not running, and is then stopped by `close`.
 */
export async function openProductDatabase(
  settings: Pick<Config, 'databaseUrl' | 'dataDir'>,
): Promise<{ database: Database; close(): Promise<void> }> {
  const embedded = settings.databaseUrl ? undefined : await connectOrStart({ dataDir: settings.dataDir })
  try {
    const url = embedded?.url ?? settings.databaseUrl ?? ''
    await migrate(url)
    const database = await openDatabase({ url, poolSize: 2 })
    return {
      database,
      close: async () => {
        await database.close()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
