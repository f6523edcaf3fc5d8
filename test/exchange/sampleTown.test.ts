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
  const count = async () =>
    (await pool.query('SELECT (SELECT count(*) FROM reading), (SELECT count(*) FROM charge)')).rows
  await pool.query(`UPDATE account SET payer_name = 'changed since'`)
  const before = await count()
  expect(await importSampleTown(fresh.database, { hashKey: 'k', today: '2026-11-10' })).toEqual({ loaded: false })
  expect(await count()).toEqual(before)
  expect(await fresh.database.prisma.account.count({ where: { payerName: 'changed since' } })).toBeGreaterThan(150)
})

test('is what its generator makes, byte for byte, and smaller than two megabytes', async () => {
  for (const { name, bytes } of sampleFiles('2026-11-01'))
    expect(bytes.equals(await readFile(join(sample, name)))).toBe(true)
  const sizes = await Promise.all((await readdir(sample)).map(async (name) => (await stat(join(sample, name))).size))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2 * 1024 * 1024)
})

test('can be made for any later day, with the same accounts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sample-'))
  const later = await freshDatabase()
  try {
    for (const { name, bytes } of sampleFiles('2031-03-15')) await writeFile(join(folder, name), bytes)
    await importSampleTown(later.database, { hashKey: 'k', today: '2026-11-10', folder })
    const { rows } = await later.database.pool.query('SELECT min(period), max(period) FROM reading')
    expect(rows).toEqual([{ min: '2029-03', max: '2031-02' }])
    const charged = await later.database.pool.query('SELECT min(period), max(period) FROM charge_month')
    expect(charged.rows).toEqual([{ min: '2030-01', max: '2031-02' }])
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
  ['accounts in debt for more than two months', 'charge_month', `period = '2026-10' AND opening_kopecks > 1500000`, 3],
  ['overpaid months', 'charge_month', 'closing_kopecks < 0', 5],
  ['penalties', 'charge_month', 'penalty_kopecks > 0', 10],
  ['months of capital repair', 'charge_month', `kind = 'CAPREM'`, 100],
  [
    'recalculations in favour of the payer',
    'charge',
    'recalculation_kopecks < 0 AND recalculation_reason IS NOT NULL',
    5,
  ],
  ['recalculations that ask for more', 'charge', 'recalculation_kopecks > 0 AND recalculation_reason IS NOT NULL', 5],
  ['benefits', 'charge', 'benefit_kopecks < 0', 5],
  ['multipliers of the norm', 'charge', 'multiplier_kopecks > 0', 5],
  ['reversals', 'payment', 'amount_kopecks < 0', 3],
  [
    'closed accounts without charges',
    'account',
    'NOT open AND NOT EXISTS (SELECT FROM charge_month WHERE account_id = account.id)',
    1,
  ],
  ['offices in eight districts', '(SELECT DISTINCT district FROM office) o', 'true', 8],
  ['an office with one window', 'office', 'windows = 1', 1],
  ['offices open on Saturdays', 'office', `hours LIKE '%sat%'`, 2],
  ['places that are taken', 'slot_taken', 'taken', 1000],
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

test('has charges that add up: months to months, payments to months, the last month to the balance', async () => {
  const { pool } = fresh.database
  const flagged = await pool.query('SELECT FROM charge_month WHERE mismatches <> $1', [[]])
  expect(flagged.rowCount).toBe(0)
  const broken = await pool.query(
    `SELECT FROM (SELECT opening_kopecks - lag(closing_kopecks) OVER (PARTITION BY account_id, kind ORDER BY period) AS gap FROM charge_month) d WHERE gap <> 0`,
  )
  expect(broken.rowCount).toBe(0)
  const paid = await pool.query(
    `SELECT FROM (SELECT account_id, period, sum(paid_kopecks) AS paid FROM charge_month GROUP BY 1, 2) m
       FULL JOIN (SELECT account_id, to_char(posted_at, 'YYYY-MM') AS period, sum(amount_kopecks) AS paid FROM payment GROUP BY 1, 2) p USING (account_id, period)
      WHERE coalesce(m.paid, 0) <> coalesce(p.paid, 0)`,
  )
  expect(paid.rowCount).toBe(0)
  const owed = await pool.query(
    `SELECT FROM account a JOIN charge_month m ON m.account_id = a.id AND m.period = '2026-10' GROUP BY a.id
     HAVING a.balance_kopecks <> sum(m.closing_kopecks)`,
  )
  expect(owed.rowCount).toBe(0)
})

test('has a year of charges and the same month of the year before for each flat worth trying, months for the others', async () => {
  const worth: { account_no: string }[] = JSON.parse(await readFile(join(sample, 'worthTrying.json'), 'utf8'))
  const { rows } = await fresh.database.pool.query<{ number: string; months: number; open: boolean }>(
    `SELECT a.number, a.open, count(DISTINCT m.period)::int AS months FROM account a LEFT JOIN charge_month m ON m.account_id = a.id GROUP BY a.id`,
  )
  for (const { number, months } of rows.filter((each) => each.open)) {
    expect(months).toBe(worth.some((each) => each.account_no === number) ? 14 : 3)
  }
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
