import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleFiles } from '../../prisma/sample/make.ts'
import { importSampleTown } from '../../src/exchange/sampleTown.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

const sample = fileURLToPath(new URL('../../prisma/sample/', import.meta.url))
let fresh: FreshDatabase

beforeAll(async () => {
  fresh = await freshDatabase()
  expect(await importSampleTown(fresh.database, { hashKey: 'k', today: '2026-11-10' })).toEqual({ loaded: true })
})
afterAll(() => fresh.drop())

test('is loaded once and then left alone', async () => {
  const { pool } = fresh.database
  const count = async () => (await pool.query('SELECT count(*) FROM reading')).rows
  await pool.query(`UPDATE account SET payer_name = 'changed since'`)
  const before = await count()
  expect(await importSampleTown(fresh.database, { hashKey: 'k', today: '2026-11-10' })).toEqual({ loaded: false })
  expect(await count()).toEqual(before)
  expect(await fresh.database.prisma.account.count({ where: { payerName: 'changed since' } })).toBeGreaterThan(150)
})

test('is what its generator makes, byte for byte, and smaller than a megabyte', async () => {
  for (const { name, bytes } of sampleFiles('2026-11-01'))
    expect(bytes.equals(await readFile(join(sample, name)))).toBe(true)
  const sizes = await Promise.all((await readdir(sample)).map(async (name) => (await stat(join(sample, name))).size))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1024 * 1024)
})

test('can be made for any later day, with the same accounts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sample-'))
  const later = await freshDatabase()
  try {
    for (const { name, bytes } of sampleFiles('2031-03-15')) await writeFile(join(folder, name), bytes)
    await importSampleTown(later.database, { hashKey: 'k', today: '2026-11-10', folder })
    const { rows } = await later.database.pool.query('SELECT min(period), max(period) FROM reading')
    expect(rows).toEqual([{ min: '2029-03', max: '2031-02' }])
    const accounts = (of: FreshDatabase) =>
      of.database.prisma.account.findMany({
        select: { number: true, activationCodeHash: true },
        orderBy: { id: 'asc' },
      })
    expect(await accounts(later)).toEqual(await accounts(fresh))
  } finally {
    await later.drop()
    await rm(folder, { recursive: true })
  }
})

test.each([
  ['accounts', 'account', 'true', 180],
  ['closed accounts', 'account', 'NOT open', 2],
  ['accounts without meters', 'account', 'NOT EXISTS (SELECT FROM meter WHERE account_id = account.id)', 2],
  ['accounts with six meters or more', 'account', '(SELECT count(*) FROM meter WHERE account_id = account.id) >= 6', 1],
  ['private houses', 'account', `flat = ''`, 1],
  ['rooms of a communal flat', 'account', `room <> ''`, 2],
  ['corner houses', 'account', `house LIKE '%/%'`, 2],
  ['houses with a letter', 'account', `house ~ '[А-Я]$'`, 2],
  ['houses with a korpus', 'account', `korpus <> ''`, 2],
  ['overpaid accounts', 'account', 'balance_kopecks < 0', 2],
  ...['HVS', 'GVS', 'HEAT', 'EL', 'GAS'].map(
    (service) => [`meters of ${service}`, 'meter', `service = '${service}'`, 5] as const,
  ),
  ...[1, 2, 3].map(
    (zones) => [`electricity in ${zones} zones`, 'meter', `service = 'EL' AND zones = ${zones}`, 1] as const,
  ),
  ['meters with a ratio', 'meter', 'ratio > 1', 1],
  ['meters whose verification has expired', 'meter', `verification_until < '2026-11-01' AND removed_at IS NULL`, 3],
  ['removed meters', 'meter', 'removed_at IS NOT NULL', 3],
  ['meters near their roll-over', 'meter', 'last_t1 > 0.99 * 10 ^ digits', 1],
  ['meters that want a photo', 'meter', 'photo_required', 2],
  ['meters that were silent for months', 'meter', `removed_at IS NULL AND last_at < '2026-08-01'`, 2],
] as const)('has %s', async (_, table, condition, least) => {
  const { rows } = await fresh.database.pool.query(`SELECT count(*)::int AS count FROM ${table} WHERE ${condition}`)
  expect(rows[0].count).toBeGreaterThanOrEqual(least)
})

test('has a history that agrees with itself', async () => {
  const { pool } = fresh.database
  const period = await pool.query('SELECT min(period), max(period), count(DISTINCT period)::int AS months FROM reading')
  expect(period.rows).toEqual([{ min: '2024-11', max: '2026-10', months: 24 }])
  const falling = await pool.query(
    `SELECT FROM (SELECT t1 - lag(t1) OVER w AS d1, t2 - lag(t2) OVER w AS d2, t3 - lag(t3) OVER w AS d3 FROM reading
                  WINDOW w AS (PARTITION BY meter_id ORDER BY period)) d WHERE d1 < 0 OR d2 < 0 OR d3 < 0`,
  )
  expect(falling.rowCount).toBe(0)
  const last = await pool.query(
    `SELECT FROM meter m JOIN LATERAL (SELECT * FROM reading r WHERE r.meter_id = m.id ORDER BY period DESC LIMIT 1) r ON true
      WHERE (m.last_t1, m.last_t2, m.last_t3, m.last_at) IS DISTINCT FROM (r.t1, r.t2, r.t3, r.read_at)`,
  )
  expect(last.rowCount).toBe(0)
  const beyond = await pool.query(
    'SELECT FROM reading r JOIN meter m ON m.id = r.meter_id WHERE r.t1 >= 10 ^ m.digits OR r.t1 <> trunc(r.t1, m.decimals) OR r.t1 < 0',
  )
  expect(beyond.rowCount).toBe(0)
})

test('states the average of six months that its readings give', async () => {
  const { rows } = await fresh.database.pool.query(
    `SELECT m.average6::float, (now.t1 + coalesce(now.t2, 0) + coalesce(now.t3, 0) - old.t1 - coalesce(old.t2, 0) - coalesce(old.t3, 0))::float / 6 AS real
       FROM meter m JOIN reading now ON now.meter_id = m.id AND now.period = '2026-10' JOIN reading old ON old.meter_id = m.id AND old.period = '2026-04'`,
  )
  expect(rows.length).toBeGreaterThan(100)
  for (const { average6, real } of rows) expect(average6).toBeCloseTo(real, 2)
})

test('has numbers of accounts as the centre writes them, and its README names those worth trying', async () => {
  const accounts = await fresh.database.prisma.account.findMany({ select: { number: true } })
  expect(accounts.filter(({ number }) => !/^66\d{8}$/.test(number))).toEqual([])
  const readme = await readFile(join(sample, 'README.md'), 'utf8')
  const worth: { account_no: string; note: string }[] = JSON.parse(
    await readFile(join(sample, 'worthTrying.json'), 'utf8'),
  )
  expect(worth.length).toBeGreaterThan(10)
  for (const { account_no, note } of worth)
    expect(readme).toMatch(new RegExp(`${account_no}.*${note.replace(/[()]/g, '\\$&')}`))
})
