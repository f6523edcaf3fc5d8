import { resolve } from 'node:path'
import pg from 'pg'
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

/** Which database that is, for whoever runs the command: the embedded one's folder, or host and name; never a password. */
export function nameOfProductDatabase({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): string {
  if (!databaseUrl) return `встроенная, каталог ${resolve(dataDir)}`
  // The driver's own reading of the address: what it names is what is connected to.
  const { host, port, database } = new pg.Client({ connectionString: databaseUrl })
  return `${database} на ${host}:${port}`
}

/** No account has ever been loaded: it is new, or not the one that was meant. */
export async function isEmpty({ prisma }: Database): Promise<boolean> {
  return (await prisma.account.findFirst({ select: { id: true } })) === null
}
