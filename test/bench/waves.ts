import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/infra/database.ts'
import { connectOrStart } from '../../src/infra/embeddedPostgres.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { planBigWave, reportPlanning } from './wavePlanning.ts'

/** Plans a wave for so many residents in a PostgreSQL of its own, which is taken away afterwards. */
export async function runWaves(residents: number): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'erc-waves-'))
  const server = await connectOrStart({ dataDir })
  try {
    await migrate(server.url)
    const database = await openDatabase({ url: server.url, poolSize: 16, byKeys: true })
    try {
      return reportPlanning(await planBigWave(database, residents))
    } finally {
      await database.close()
    }
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
