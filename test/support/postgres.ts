import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../../src/infra/database.ts'
import type { Template } from './globalSetup.ts'

export interface FreshDatabase {
  url: string
  database: Database
  /** Closes `database` and removes it all; whoever is still connected is cut off. */
  drop(): Promise<void>
}

interface FreshOptions {
  of?: Template
  poolSize?: number
}

/** A migrated database of the caller's own: empty, or with the sample `town` in it. */
export async function freshDatabase({ of = 'empty', poolSize = 5 }: FreshOptions = {}): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = await emptyDatabase(name, inject('postgres').templates[of])
  const database = await openDatabase({ url, poolSize })
  return {
    url,
    database,
    drop: async () => {
      await database.close()
      await dropDatabase(name)
    },
  }
}

/** The URL of a new database, which has no tables when no `template` is named. */
export async function emptyDatabase(name: string, template = 'template0'): Promise<string> {
  // Copied as files: at a third of what it takes to write all of it into the log.
  await asAdministrator(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
  const url = new URL(inject('postgres').url)
  url.pathname = `/${name}`
  return url.href
}

export async function dropDatabase(name: string): Promise<void> {
  await asAdministrator(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}

/** One statement on the server of the test run. */
async function asAdministrator(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgres').url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
