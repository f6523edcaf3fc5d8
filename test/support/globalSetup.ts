import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { connectOrStart } from '../../src/infra/embeddedPostgres.ts'
import { migrate } from '../../src/infra/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A database in which others may be created; `template` names the migrated one. */
    postgres: { url: string; template: string }
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

const template = 'erc_template'

/** One real PostgreSQL for the whole run, in a folder of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'erc-test-'))
  await chmod(dataDir, 0o755)
  const watch = watchOver(dataDir)
  const server = await connectOrStart({ dataDir, settings })
  await makeTemplate(server.url)
  project.provide('postgres', { url: server.url, template })
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true })
    watch.stdin.end()
  }
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`CREATE DATABASE ${template}`)
  const templateUrl = new URL(url)
  templateUrl.pathname = `/${template}`
  await migrate(templateUrl.href)
  await client.query(`ALTER DATABASE ${template} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`)
  await client.end()
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
