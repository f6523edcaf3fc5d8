import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { migrate } from '../../src/infra/migrate.ts'
import { differenceToSchema } from '../../src/infra/schemaEngine.ts'
import { dropDatabase, emptyDatabase } from '../support/postgres.ts'

const ours = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
const name = `migrate_${process.pid}`
let url: string
let folder: string
let client: pg.Client

beforeEach(async () => {
  url = await emptyDatabase(name)
  folder = await mkdtemp(join(tmpdir(), 'erc-migrations-'))
  await cp(ours, folder, { recursive: true })
  client = new pg.Client({ connectionString: url })
  await client.connect()
})

afterEach(async () => {
  await client.end()
  await dropDatabase(name)
  await rm(folder, { recursive: true })
})

async function addMigration(migration: string, sql: string): Promise<void> {
  await mkdir(join(folder, migration), { recursive: true })
  await writeFile(join(folder, migration, 'migration.sql'), sql)
}

async function ledger(): Promise<unknown[]> {
  const { rows } = await client.query(
    `SELECT migration_name, finished_at IS NOT NULL AS done, rolled_back_at IS NOT NULL AS undone
     FROM _prisma_migrations WHERE migration_name LIKE '3%' ORDER BY started_at`,
  )
  return rows
}

test('the migrations make exactly what schema.prisma describes', async () => {
  expect(await differenceToSchema(inject('postgres').url)).toBe('')
})

test('of several processes that start at once one migrates and the others find it done', async () => {
  const results = await Promise.all([migrate(url), migrate(url), migrate(url)])
  const applied = results.map((result) => result.applied.length).sort()
  expect(applied.slice(0, 2)).toEqual([0, 0])
  expect(applied[2]).toBeGreaterThan(0)
})

test('a migration may hold functions and texts with semicolons', async () => {
  await addMigration(
    '30000101000000_function',
    `CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n * 2; RETURN n; END $$; -- the end;`,
  )
  await migrate(url, folder)
  expect((await client.query('SELECT twice(21) AS n')).rows).toEqual([{ n: 42 }])
})

test('a migration that fails leaves nothing behind, says why, and is tried again when it is mended', async () => {
  const migration = '30000101000000_broken'
  await addMigration(migration, 'CREATE TABLE half (id int); CREATE TABLE other (id nosuchtype);')
  await expect(migrate(url, folder)).rejects.toThrow('nosuchtype')
  expect((await client.query(`SELECT to_regclass('half') AS half`)).rows).toEqual([{ half: null }])

  await addMigration(migration, 'CREATE TABLE half (id int);')
  expect(await migrate(url, folder)).toEqual({ applied: [migration] })
  expect(await ledger()).toEqual([
    { migration_name: migration, done: false, undone: true },
    { migration_name: migration, done: true, undone: false },
  ])
})

test('a migration is recorded in the same transaction that makes it', async () => {
  const migration = '30000101000000_recorded'
  // The record as the migration's own transaction leaves it, before the engine writes it once more.
  await addMigration(migration, 'CREATE TABLE made (id int)')
  await migrate(url)
  await client.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.applied_steps_count > OLD.applied_steps_count AND NEW.migration_name LIKE '3%' THEN RAISE 'killed here'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER refuse BEFORE UPDATE ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION refuse();
  `)
  await expect(migrate(url, folder)).rejects.toThrow()
  await client.query('DROP TRIGGER refuse ON _prisma_migrations')
  expect(await migrate(url, folder)).toEqual({ applied: [] })
  expect((await client.query(`SELECT to_regclass('made')::text AS made`)).rows).toEqual([{ made: 'made' }])
})

test('an older process starts on a database that a newer one has migrated', async () => {
  await addMigration('30000101000000_newer', 'CREATE TABLE newer (id int)')
  await migrate(url, folder)
  expect(await migrate(url)).toEqual({ applied: [] })
})

test('a meter has one current reading per period, however many were replaced or rejected', async () => {
  await migrate(url)
  await client.query(`
    INSERT INTO account (number, open, street_type, street, house, street_key, house_key, korpus_key, flat_key, room_key, imported_from)
      VALUES ('1', true, 'ул', 'Мира', '1', 'мира', '1', '', '', '', 'test');
    INSERT INTO meter (id, account_id, service, serial, digits, decimals, zones, unit, imported_from)
      SELECT 'm', id, 'cold', '1', 5, 3, 1, 'm3', 'test' FROM account;
  `)
  const reading = (status: string) =>
    client.query(
      `INSERT INTO reading (id, account_id, meter_id, period, t1, read_at, submitted_at, source, status)
       SELECT gen_random_uuid(), account_id, id, '2026-11', 1, '2026-11-20', '2026-11-20', 'chat', $1::"ReadingStatus" FROM meter`,
      [status],
    )
  await reading('superseded')
  await reading('rejected')
  await reading('superseded')
  await reading('accepted')
  await expect(reading('confirmed')).rejects.toThrow('reading_current')
})
