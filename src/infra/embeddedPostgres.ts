import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { isDatabaseDown } from './databaseErrors.ts'
import { AppError } from './errors.ts'
import { type Cluster, prepareCluster } from './postgresCluster.ts'
import { findHome } from './postgresHome.ts'
import { launch, runningPostmaster, shutDown } from './postmaster.ts'

/** Settings of PostgreSQL by name, e.g. `{ fsync: 'off' }`. */
export type Settings = Record<string, string>

export interface EmbeddedPostgres {
  /** Holds the password: never log it. */
  url: string
  /** Stops PostgreSQL unless another process still uses it. To be called last, when no query is under way. */
  stop(): Promise<void>
}

/**
 * The PostgreSQL that comes with the product: uses the one that runs on this `dataDir`, else starts it, creating it the first time.
 *
 * Every process that uses it calls this (the product, the `erc` command), in any order and at once; the last to call `stop`
 * stops it. What a killed process left running is taken over; a PostgreSQL that dies is started again on the same port. It runs
 * in a session of its own, so a Ctrl-C in the terminal does not reach it, and listens on 127.0.0.1 only.
 *
 * It all lives in `<dataDir>/postgres`: binaries, data, log, and port and password in `access.json` (mode 600). PostgreSQL refuses
 * to run as root; then it runs as the owner of that folder or as the user `erc-postgres`, which is created. Where that user
 * cannot go (a home of mode 700) all of it lives in `/var/lib/erc-chat/…` instead, and `<dataDir>/postgres.json` says where.
 */
export async function connectOrStart(options: {
  dataDir: string
  log?: (line: string) => void
  settings?: Settings
}): Promise<EmbeddedPostgres> {
  const { log = () => {}, settings = {} } = options
  const home = await findHome(options.dataDir)
  const cluster = await prepareCluster(home, settings.fsync !== 'off', log)

  let stopping = false
  const join = async (mayMove: boolean): Promise<pg.Client> => {
    const user = await becomeUser(cluster, settings, mayMove, log)
    user.once('end', () => {
      if (!stopping) revived = revive()
    })
    return user
  }
  const revive = async (): Promise<pg.Client | undefined> => {
    while (!stopping) {
      try {
        return await join(false)
      } catch {
        await pause(500)
      }
    }
    return undefined
  }
  let revived: Promise<pg.Client | undefined> = Promise.resolve(await join(true))

  const url = await databaseOf(cluster)
  return {
    url,
    stop: async () => {
      stopping = true
      await leave(cluster, await revived)
    },
  }
}

/** Whoever uses this PostgreSQL holds this lock shared as long as he lives; who stops it holds it alone. */
const usersLock = 7_325_100

/** A session that counts us among the users of a running PostgreSQL, which is started when it is not there. */
async function becomeUser(
  cluster: Cluster,
  settings: Settings,
  mayMove: boolean,
  log: (line: string) => void,
): Promise<pg.Client> {
  for (;;) {
    const running = await runningPostmaster(cluster)
    if (!running) await launch(cluster, settings, mayMove, log)
    const user = await session(cluster)
    if (user) return user
    // It is being stopped, or is recovering: both end by themselves.
    await pause(30)
  }
}

async function session(cluster: Cluster): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: await cluster.url('postgres'), keepAlive: true })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('SELECT pg_try_advisory_lock_shared($1) AS joined', [usersLock])
    if (rows[0].joined) return client
  } catch (error) {
    if (!isDatabaseDown(error)) throw new AppError('DATABASE_DOWN', { cause: error })
  }
  await client.end().catch(() => {})
  return undefined
}

async function leave(cluster: Cluster, user: pg.Client | undefined): Promise<void> {
  if (!user) return
  try {
    await user.query('SELECT pg_advisory_unlock_shared($1)', [usersLock])
    const { rows } = await user.query('SELECT pg_try_advisory_lock($1) AS alone', [usersLock])
    if (rows[0].alone) await shutDown(cluster)
  } catch (error) {
    if (!isDatabaseDown(error)) throw error
  } finally {
    await user.end().catch(() => {})
  }
}

/** The URL of the product's own database, created the first time. */
async function databaseOf(cluster: Cluster): Promise<string> {
  const client = new pg.Client({ connectionString: await cluster.url('postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query(`SELECT FROM pg_database WHERE datname = 'erc'`)
    if (!rowCount) await client.query('CREATE DATABASE erc')
  } catch (error) {
    // Another process created it at the same moment.
    if (!(error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505'))) throw error
  } finally {
    await client.end()
  }
  return cluster.url('erc')
}
