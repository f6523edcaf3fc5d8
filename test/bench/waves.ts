import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '../../src/infra/database.ts'
import { connectOrStart } from '../../src/infra/embeddedPostgres.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { planBigWave, reportPlanning } from './wavePlanning.ts'
import { reportSending, sendWave } from './waveSending.ts'

/** Half a minute's worth of what the messengers take. */
const sending = { telegram: 900, vk: 12_000, talking: 24, calmSeconds: 30 }

/** Plans a wave for so many residents, then sends a smaller one, each in a PostgreSQL of its own, which is taken away afterwards. */
export async function runWaves(residents: number): Promise<string> {
  const planning = await inScratch(async (database, url) => reportPlanning(await planBigWave(database, url, residents)))
  return [planning, await runSending()].join('\n')
}

export const runSending = (): Promise<string> =>
  inScratch(async (database, url, folder) => reportSending(await sendWave(database, url, folder, sending)))

async function inScratch(work: (database: Database, url: string, folder: string) => Promise<string>): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'erc-waves-'))
  const server = await connectOrStart({ dataDir })
  try {
    await migrate(server.url)
    const database = await openDatabase({ url: server.url, poolSize: 16, byKeys: true })
    try {
      return await work(database, server.url, join(dataDir, 'messengers'))
    } finally {
      await database.close()
    }
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
