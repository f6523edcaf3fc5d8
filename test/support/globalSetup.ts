import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { importSampleTown } from '../../src/exchange/sampleTown.ts'
import { connectOrStart } from '../../src/infra/embeddedPostgres.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { hashKey } from './hashKey.ts'

export type Template = 'empty' | 'town'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which databases may be made: of `empty`, which is migrated, or of `town`, which has the sample town in it too. */
    postgres: { url: string; templates: Record<Template, string> }
    /** A folder for scripts made of our sources; packages are found from there. */
    bundles: string
  }
}

/** Nothing a test writes has to survive a power cut. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '300',
}

const templates: Record<Template, string> = { empty: 'erc_template', town: 'erc_town' }

/** One real PostgreSQL for the whole run, in a folder of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(await roomyMemory(), 'erc-test-'))
  await chmod(dataDir, 0o755)
  const watch = watchOver(dataDir)
  const bundles = fileURLToPath(new URL(`../../node_modules/.cache/erc-tests/${process.pid}`, import.meta.url))
  await mkdir(bundles, { recursive: true })
  const server = await connectOrStart({ dataDir, settings })
  await makeTemplates(server.url)
  project.provide('postgres', { url: server.url, templates })
  project.provide('bundles', bundles)
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true })
    await rm(bundles, { recursive: true })
    watch.stdin.end()
  }
}

/**
 * Where hundreds of databases are made and dropped: in memory, which takes a tenth of what a disk's file system does, if there is plenty;
 * else where temporary files are.
 */
async function roomyMemory(): Promise<string> {
  const gigabyte = 2 ** 30
  const { bavail, bsize } = await statfs('/dev/shm').catch(() => ({ bavail: 0, bsize: 0 }))
  const room = Math.min(bavail * bsize, process.availableMemory() / 2)
  return room > 4 * gigabyte ? '/dev/shm' : tmpdir()
}

async function makeTemplates(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`CREATE DATABASE ${templates.empty}`)
  await migrate(databaseUrl(url, templates.empty))
  await client.query(`CREATE DATABASE ${templates.town} TEMPLATE ${templates.empty}`)
  await loadTown(databaseUrl(url, templates.town))
  for (const name of Object.values(templates))
    await client.query(`ALTER DATABASE ${name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`)
  await client.end()
}

async function loadTown(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url })
  await importSampleTown({ pool }, { hashKey, today: '2026-11-10' })
  await pool.end()
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** A process that outlives us however we end; if the folder is still there then, it stops PostgreSQL and removes it. */
function watchOver(dataDir: string) {
  const script = fileURLToPath(new URL('./stopPostgresAtTheEnd.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  child.unref()
  return child
}
