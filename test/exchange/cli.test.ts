import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { importFile } from '../../src/exchange/importFile.ts'
import { activationCodeHash } from '../../src/infra/activationCode.ts'
import { openDatabase } from '../../src/infra/database.ts'
import { connectOrStart } from '../../src/infra/embeddedPostgres.ts'
import { hashKeyOf } from '../../src/infra/hashKey.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import {
  accountRows,
  type BillingFolder,
  billingFolder,
  meterRows,
  officeRows,
  readingRows,
  withRow,
} from './billingFiles.ts'
import { type Ended, startErc } from './erc.ts'
import { given } from './givenReadings.ts'

const hashKey = 'a key only of these tests'
let fresh: FreshDatabase
let folder: BillingFolder

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  folder = await billingFolder()
  await fresh.database.pool.query('TRUNCATE account, street, meter, reading, readings_export RESTART IDENTITY CASCADE')
})
afterEach(() => folder.remove())

test('loads accounts before meters and meters before readings, whatever the order they are named in', async () => {
  const files = [
    await folder.put('readings_20261101_001.csv', readingRows(3)),
    await folder.put('meters_20261101_001.csv', meterRows(3)),
    await folder.put('accounts_20261101_001.csv', accountRows(3)),
  ]
  const { code, out, err } = await erc(['import', ...files], { DATABASE_URL: fresh.url, HASH_KEY: hashKey }, true)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/^База данных: \w+ на 127\.0\.0\.1:\d+$/),
    'Она новая: лицевых счетов в ней ещё нет. Если бот работает с другой, задайте тот же DATABASE_URL, что и у него.',
    'accounts_20261101_001.csv: строк: 3, загружено: 3, без изменений: 0, с ошибками: 0',
    'meters_20261101_001.csv: строк: 3, загружено: 3, без изменений: 0, с ошибками: 0',
    'readings_20261101_001.csv: строк: 3, загружено: 3, без изменений: 0, с ошибками: 0',
    '',
  ])
  expect(await fresh.database.prisma.reading.count()).toBe(3)
})

test('says in one line why a file is refused, loads the others and ends with 1', async () => {
  const bad = await folder.put('accounts_20261101_001.csv', withRow(accountRows(3), 1, { status: '' }))
  const good = await folder.put('accounts_20261101_002.csv', accountRows(2))
  const { code, out, err } = await erc(['import', bad, good], { DATABASE_URL: fresh.url, HASH_KEY: hashKey })
  expect(code).toBe(1)
  expect(out).toContain('accounts_20261101_002.csv: строк: 2, загружено: 2')
  expect(err).toBe(
    'accounts_20261101_001.csv: не загружен, TOO_MANY_BAD_ROWS: ошибок больше 1 % строк (строк: 3, с ошибками: 1); ' +
      'прежние данные не изменены; список ошибок: accounts_20261101_001.csv.errors.csv\n',
  )
})

test('hands bookings out, and says how many there are', async () => {
  const env = { DATABASE_URL: fresh.url, HASH_KEY: hashKey }
  await importFile(fresh.database, await folder.put('offices_20261101_001.csv', officeRows(1)), {
    hashKey,
    today: '2026-11-10',
  })
  await fresh.database.pool.query(
    `WITH b AS (
       INSERT INTO booking (id, office_id, topic, date, minute, minutes, window_no, ticket, state, chat, created_at, changed_at)
       VALUES (gen_random_uuid(), 'O1', 'meters', '2026-11-11', 540, 15, 1, 'М042', 'booked', '', '2026-11-10', '2026-11-10') RETURNING id)
     INSERT INTO booking_change (booking_id, state, at) SELECT id, 'booked', '2026-11-10' FROM b`,
  )
  const to = join(folder.path, 'out')
  const { code, out, err } = await erc(['export', 'bookings', '--to', to], env)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/\/out\/bookings_\d{8}_001\.csv: записей: 1\n$/)
  expect(await erc(['export', 'bookings', '--to', to], env)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/\nНовых записей нет, выгружать нечего\.\n$/),
  })
})

test('hands readings out, says where the file lies, and the next time that there is nothing new', async () => {
  const env = { DATABASE_URL: fresh.url, HASH_KEY: hashKey }
  await importFile(fresh.database, await folder.put('accounts_20261101_001.csv', accountRows(1)), {
    hashKey,
    today: '2026-11-10',
  })
  await importFile(fresh.database, await folder.put('meters_20261101_001.csv', meterRows(1)), {
    hashKey,
    today: '2026-11-10',
  })
  await given(fresh.database)
  const to = join(folder.path, 'out')
  const { code, out, err } = await erc(['export', 'readings', '--to', to], env)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const [, told = ''] = out.split('\n')
  expect(told).toMatch(/\/out\/readings_\d{8}_001\.csv: показаний: 1, контрольная сумма: 418\.950$/)
  expect(await readdir(to)).toHaveLength(2)
  expect(await erc(['export', 'readings', '--to', to], env)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/\nНовых показаний нет, выгружать нечего\.\n$/),
  })
})

test('takes in a folder of receipts beside files, and lists what is none without the number of an account', async () => {
  const accounts = await folder.put('accounts_20261101_001.csv', accountRows(1))
  const receipts = join(folder.path, 'receipts_20261103_001')
  await mkdir(receipts)
  const pdf = '%PDF-1.7\nstartxref\n0\n%%EOF\n'
  await writeFile(join(receipts, '6600000001_2026-10_MAIN.pdf'), pdf)
  await writeFile(join(receipts, '6600000099_2026-10_MAIN.pdf'), pdf)
  const kept = join(folder.path, 'kept')
  const env = { DATABASE_URL: fresh.url, HASH_KEY: hashKey, RECEIPTS_DIR: kept }
  const { code, out, err } = await erc(['import', receipts, accounts], env)
  expect({ code, err }).toEqual({
    code: 1,
    err: 'receipts_20261103_001: квитанций: 2, загружено: 1, без изменений: 0, с ошибками: 1; список ошибок: receipts_20261103_001.errors.csv\n',
  })
  expect(out + err).not.toMatch(/66000000\d\d/)
  expect(await readFile(`${receipts}.errors.csv`, 'utf8')).toContain('2;;UNKNOWN_ACCOUNT;')
  expect((await readdir(kept, { recursive: true })).filter((name) => name.endsWith('.pdf'))).toHaveLength(1)
})

test('says that a file is not there, whatever its name', async () => {
  const { code, err } = await erc(['import', 'нет.csv', 'accounts_20261101_009.csv'], {
    DATABASE_URL: fresh.url,
    HASH_KEY: hashKey,
  })
  expect({ code, err: err.split('\n') }).toEqual({
    code: 1,
    err: [
      'accounts_20261101_009.csv: не загружен, NOT_FOUND: файл не найден; прежние данные не изменены',
      'нет.csv: не загружен, NOT_FOUND: файл не найден; прежние данные не изменены',
      '',
    ],
  })
})

test('says in one line that the database does not answer, and which one, without its password', async () => {
  const file = await folder.put('accounts_20261101_001.csv', accountRows(1))
  const { code, out, err } = await erc(['import', file], {
    DATABASE_URL: 'postgres://erc:very-secret@127.0.0.1:1/none',
    HASH_KEY: hashKey,
  })
  expect({ code, out }).toEqual({ code: 1, out: 'База данных: none на 127.0.0.1:1\n' })
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(err).not.toContain('very-secret')
})

test.each([
  ['--help', 0, 'out'],
  ['', 2, 'err'],
  ['export', 2, 'err'],
  ['export payments', 2, 'err'],
  ['export readings --fast', 2, 'err'],
  ['import', 2, 'err'],
  ['import --fast x.csv', 2, 'err'],
] as const)('shows how it is used for «erc %s»', async (words, code, where) => {
  const answer = await erc(words.split(' ').filter(Boolean), {})
  expect(answer.code).toBe(code)
  expect(answer[where]).toContain('npm run erc -- import ФАЙЛ…')
})

test('does not load activation codes without a key to hash them', async () => {
  const { code, err } = await erc(['import', 'accounts_20261101_001.csv'], { DATABASE_URL: fresh.url })
  expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 2, lines: 1 })
  expect(err).toContain('HASH_KEY')
})

test('uses the embedded database, whether the product is running or not', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'erc-cli-'))
  await chmod(dataDir, 0o755)
  const env = { DATA_DIR: dataDir }
  try {
    // Nothing runs: the command starts PostgreSQL and stops it.
    const first = await folder.put('accounts_20261101_001.csv', accountRows(3))
    const created = await erc(['import', first], env)
    expect(created).toMatchObject({ code: 0, err: '' })
    expect(created.out).toContain(`База данных: встроенная, каталог ${dataDir}\nОна новая`)
    expect(await postmasters(dataDir)).toEqual([])

    // The product runs: the command works beside it and leaves it running.
    const product = await connectOrStart({ dataDir })
    const database = await openDatabase({ url: product.url })
    try {
      expect(await database.prisma.account.count()).toBe(3)
      const second = await folder.put('accounts_20261101_002.csv', accountRows(5))
      const again = await erc(['import', second], env)
      expect(again).toMatchObject({ code: 0, err: '' })
      expect(again.out).not.toContain('новая')
      expect(await database.prisma.account.count()).toBe(5)
      const account = await database.prisma.account.findUniqueOrThrow({ where: { number: '6600000005' } })
      // Without HASH_KEY the key is the one that the product keeps in its folder.
      const key = await hashKeyOf({ dataDir })
      expect(account.activationCodeHash).toBe(activationCodeHash('KX4M-0005', key))
    } finally {
      await database.close()
      await product.stop()
    }
  } finally {
    await rm(dataDir, { recursive: true })
  }
})

test('an interrupted import is undone and told', async () => {
  const file = await folder.put('accounts_20261101_001.csv', accountRows(40_000))
  // The import waits for this lock, so the interruption surely comes in the middle of it.
  const holder = await fresh.database.pool.connect()
  try {
    await holder.query('BEGIN')
    await holder.query(`SELECT pg_advisory_xact_lock(hashtext('import accounts'))`)
    const { child, ended } = await startErc(['import', file], { DATABASE_URL: fresh.url, HASH_KEY: hashKey })
    await waitingImport()
    child.kill('SIGINT')
    await holder.query('COMMIT')
    expect(await ended).toMatchObject({ code: 130, err: 'Прервано. Файл, который загружался, не загружен.\n' })
  } finally {
    holder.release()
  }
  expect(await fresh.database.prisma.account.count()).toBe(0)
})

/** Answers when an import in this database waits for its lock. */
async function waitingImport(): Promise<void> {
  for (;;) {
    const { rows } = await fresh.database.pool.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    )
    if (rows.length > 0) return
  }
}

/** Files by which a running PostgreSQL is known. */
async function postmasters(dataDir: string): Promise<string[]> {
  const names = await readdir(dataDir, { recursive: true })
  return names.filter((name) => name.endsWith('postmaster.pid'))
}

const erc = async (words: string[], env: Record<string, string>, fromSources = false): Promise<Ended> =>
  (await startErc(words, env, fromSources)).ended
