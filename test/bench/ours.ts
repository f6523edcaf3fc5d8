import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { connectOrStart } from '../../src/infra/embeddedPostgres.ts'
import { migrate } from '../../src/infra/migrate.ts'
import type { Contender, Setting } from './contender.ts'
import { parentOf, started, stopped } from './processes.ts'
import { seed, storedReadings } from './town.ts'

const token = '7100000001:the-product-in-the-bench'

/** The product as it is started by `npm start`, over a PostgreSQL that writes to disk; given `databaseUrl`, over that one. */
export async function openOurs({ apiRoot, residents, folder }: Setting, databaseUrl?: string): Promise<Contender> {
  const closing: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const one of closing.reverse()) await one()
  }
  try {
    const dataDir = join(folder, 'product')
    await mkdir(dataDir)
    const server = databaseUrl === undefined ? await connectOrStart({ dataDir }) : undefined
    if (server) closing.push(() => server.stop())
    const url = server?.url ?? databaseUrl ?? ''
    await migrate(url)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    closing.push(() => client.end())
    await seed(client, residents)
    const bot = started(new URL('../../bots/main.ts', import.meta.url), {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: {
        ...{ TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, DATABASE_URL: url, HASH_KEY: 'a key for the bench' },
        // On any day of the month the talk is the same; Telegram's own limit would be all there is to measure.
        ...{ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', READINGS_WINDOW: '1-31' },
        TELEGRAM_MESSAGES_PER_SECOND: '1000000',
      },
    })
    closing.push(() => stopped(bot))
    bot.stdout?.pipe(process.stderr)
    await once(bot, 'spawn')
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
    return {
      name: 'this product, PostgreSQL',
      token,
      processes: { bot: bot.pid ?? 0, database: await parentOf(rows[0].pid) },
      settled: () => delivered(client),
      check: async (talked) => {
        const stored = await storedReadings(client)
        const right = 2 * talked
        if (stored.right !== right || stored.all !== right || stored.confirmations !== talked)
          throw new Error(`${right} readings should be stored: ${JSON.stringify(stored)}`)
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function delivered(client: pg.Client): Promise<void> {
  const open = `SELECT FROM outbox WHERE state = 'pending' LIMIT 1`
  while ((await client.query(open)).rows.length > 0) await pause(20)
}
