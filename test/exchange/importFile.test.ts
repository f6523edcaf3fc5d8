import { createHmac } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { addressKey } from '../../src/domain/address/key.ts'
import type { LocalDate } from '../../src/domain/localDate.ts'
import { importFile } from '../../src/exchange/importFile.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import {
  accountRows,
  type BillingFolder,
  billingFolder,
  type Cells,
  csv,
  inShort,
  meterRows,
  withRow,
} from './billingFiles.ts'

const hashKey = 'a key of the tests'
let fresh: FreshDatabase
let folder: BillingFolder

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  folder = await billingFolder()
  await fresh.database.pool.query('TRUNCATE account, street, meter, reading RESTART IDENTITY CASCADE')
})
afterEach(() => folder.remove())

const load = (path: string, today: LocalDate = '2026-11-10') => importFile(fresh.database, path, { hashKey, today })
const accountsFile = (rows: readonly Cells[], stamp = '20261101_001', options = {}) =>
  folder.put(`accounts_${stamp}.csv`, rows, options)

test('loads accounts with their address, money in kopecks, area and a hash in place of the activation code', async () => {
  const file = await accountsFile(accountRows(1, { balance_kop: '-1 530', balance_at: '01.11.2026', area_m2: '54,3' }))
  expect(inShort(await load(file))).toEqual({ rows: 1, loaded: 1, unchanged: 0, older: 0, bad: 0 })
  const account = await fresh.database.prisma.account.findUniqueOrThrow({ where: { number: '6600000001' } })
  expect(account).toMatchObject({
    open: true,
    payerName: 'Кедрова Вера 1',
    streetType: 'улица',
    street: 'Мира',
    flat: '1',
    areaHundredths: 5430,
    balanceKopecks: -1530n,
    balanceAt: new Date('2026-11-01T00:00:00Z'),
    activationCodeHash: createHmac('sha256', hashKey).update('KX4M0001').digest('hex'),
    importedFrom: '20261101_001',
  })
  expect(await fresh.database.prisma.street.findMany()).toEqual([{ id: 1, type: 'улица', name: 'Мира' }])
})

test.each([
  ['a code in small Cyrillic letters and spaces', { activation_code: 'кх4м 0001' }],
  ['the letter O for zero and I for one', { activation_code: 'KX4M-OOOI' }],
  [
    'a hash instead of a code',
    { activation_code: '', activation_code_hash: createHmac('sha256', hashKey).update('KX4M0001').digest('hex') },
  ],
])('knows an activation code however it is written: %s', async (_, change) => {
  await load(await accountsFile(accountRows(1, change)))
  const account = await fresh.database.prisma.account.findFirstOrThrow()
  expect(account.activationCodeHash).toBe(createHmac('sha256', hashKey).update('KX4M0001').digest('hex'))
})

test('keeps the forms in which addresses are compared, so that a resident may write his in another way', async () => {
  const written = { street_type: 'проспект', street: 'Ленина', house: '36-а', korpus: 'корпус 2', flat: '7', room: '1' }
  await load(await accountsFile(accountRows(1, written)))
  const typed = addressKey({
    streetType: 'пр-т',
    street: 'ленина',
    house: '36 А',
    korpus: '2',
    flat: 'кв. 7',
    room: '1',
  })
  expect(await fresh.database.prisma.account.findFirstOrThrow()).toMatchObject({
    streetKey: typed.street,
    houseKey: typed.house,
    korpusKey: typed.korpus,
    flatKey: typed.flat,
    roomKey: typed.room,
  })
})

test('keeps the known activation code where a newer file brings none', async () => {
  await load(await accountsFile(accountRows(1)))
  await load(await accountsFile(accountRows(1, { activation_code: '', living: '' }), '20261102_001'))
  const account = await fresh.database.prisma.account.findFirstOrThrow()
  expect(account.activationCodeHash).not.toBeNull()
  expect(account.living).toBeNull()
})

test('keeps the last day of a code with the code: a new one has its own, and without any it serves on', async () => {
  const until = async (change: Cells, stamp: string) => {
    await load(await accountsFile(accountRows(1, change), stamp))
    return (await fresh.database.prisma.account.findFirstOrThrow()).activationCodeUntil?.toISOString().slice(0, 10)
  }
  expect(await until({ activation_code_until: '31.12.2026' }, '20261101_001')).toBe('2026-12-31')
  expect(await until({}, '20261102_001')).toBe('2026-12-31')
  expect(await until({ activation_code: '' }, '20261103_001')).toBe('2026-12-31')
  expect(await until({ activation_code_until: '2027-01-31' }, '20261104_001')).toBe('2027-01-31')
  expect(await until({ activation_code: 'KX4M-9999' }, '20261105_001')).toBeUndefined()
})

test('keeps the day on which a code first came: neither a later file nor one without codes moves it, a new code has its own', async () => {
  const since = async (change: Cells, stamp: string, today: LocalDate) => {
    const result = await load(await accountsFile(accountRows(1, change), stamp), today)
    const { activationCodeSince } = await fresh.database.prisma.account.findFirstOrThrow()
    return [activationCodeSince?.toISOString().slice(0, 10), result.loaded]
  }
  expect(await since({}, '20261101_001', '2026-11-03')).toEqual(['2026-11-03', 1])
  expect(await since({}, '20261102_001', '2026-11-20')).toEqual(['2026-11-03', 0])
  expect(await since({ activation_code: '' }, '20261103_001', '2026-11-21')).toEqual(['2026-11-03', 0])
  expect(await since({ activation_code: 'KX4M-9999' }, '20261104_001', '2026-11-22')).toEqual(['2026-11-22', 1])
  // A code known to an older release, which kept no such day: it is counted from the next file that brings the code.
  await fresh.database.pool.query('UPDATE account SET activation_code_since = NULL')
  expect(await since({ activation_code: '' }, '20261105_001', '2026-11-23')).toEqual([undefined, 0])
  expect(await since({ activation_code: 'KX4M-9999' }, '20261106_001', '2026-11-24')).toEqual(['2026-11-24', 1])
})

test.each(['utf8', 'windows-1251'])('reads names in %s', async (encoding) => {
  await load(await accountsFile(accountRows(2), '20261101_001', { encoding }))
  expect(await fresh.database.prisma.account.count({ where: { payerName: 'Кедрова Вера 2' } })).toBe(1)
})

test('loading a file again changes nothing', async () => {
  const file = await accountsFile(accountRows(5))
  await load(file)
  const before = await everything()
  expect(inShort(await load(file))).toEqual({ rows: 5, loaded: 0, unchanged: 5, older: 0, bad: 0 })
  expect(await everything()).toEqual(before)
})

test('an older file does not overwrite what a newer one has told, even if the newer one only repeated it', async () => {
  const living = (count: string) => accountRows(1, { living: count })
  await load(await accountsFile(living('1'), '20261101_001'))
  await load(await accountsFile(living('1'), '20261101_003'))
  expect(inShort(await load(await accountsFile(living('2'), '20261101_002')))).toMatchObject({ loaded: 0, older: 1 })
  expect(await fresh.database.prisma.account.findFirstOrThrow()).toMatchObject({
    living: 1,
    importedFrom: '20261101_003',
  })
})

test('an older file still brings what no newer file has told of', async () => {
  await load(await accountsFile(accountRows(1), '20261102_001'))
  expect(inShort(await load(await accountsFile(accountRows(2), '20261101_001')))).toMatchObject({ loaded: 1, older: 1 })
})

test('an account or meter that a newer file leaves out stays', async () => {
  await load(await accountsFile(accountRows(2)))
  await load(await folder.put('meters_20261101_001.csv', meterRows(2)))
  await load(await accountsFile(accountRows(1), '20261102_001'))
  await load(await folder.put('meters_20261102_001.csv', meterRows(1)))
  expect(await fresh.database.prisma.account.count({ where: { open: true } })).toBe(2)
  expect(await fresh.database.prisma.meter.count({ where: { removedAt: null } })).toBe(2)
})

test('a closed account and a removed meter are closed by what the file says', async () => {
  await load(await accountsFile(accountRows(1)))
  await load(await folder.put('meters_20261101_001.csv', meterRows(1)))
  await load(await accountsFile(accountRows(1, { status: 'closed' }), '20261102_001'))
  await load(await folder.put('meters_20261102_001.csv', meterRows(1, { removed_at: '2026-11-01' })))
  expect(await fresh.database.prisma.account.count({ where: { open: false } })).toBe(1)
  expect(await fresh.database.prisma.meter.findFirstOrThrow()).toMatchObject({ removedAt: new Date('2026-11-01') })
})

test('loads meters with three zones, a ratio and units as residents know them', async () => {
  await load(await accountsFile(accountRows(1)))
  const zones = {
    service: 'EL',
    zones: '3',
    ratio: '20',
    unit: 'кВт*ч',
    last_t1: '1',
    last_t2: '2,5',
    last_t3: '1 003',
  }
  await load(await folder.put('meters_20261101_001.csv', meterRows(1, zones), { encoding: 'windows-1251' }))
  const meter = await fresh.database.prisma.meter.findFirstOrThrow()
  expect(meter).toMatchObject({ service: 'EL', zones: 3, unit: 'кВт·ч', photoRequired: false })
  expect([meter.ratio, meter.lastT1, meter.lastT2, meter.lastT3].map(Number)).toEqual([20, 1, 2.5, 1003])
})

test.each<[string, Cells, string]>([
  ['no number of an account', { account_no: '' }, 'account_no;MISSING'],
  ['a balance that is no number', { balance_kop: '12руб' }, 'balance_kop;BAD_NUMBER'],
  ['a day there is not', { balance_at: '31.02.2026' }, 'balance_at;BAD_DATE'],
  ['a status of its own', { status: 'закрыт' }, 'status;BAD_VALUE'],
  ['a number of an account that is too long', { account_no: '6'.repeat(21) }, 'account_no;TOO_LONG'],
  ['the same account a second time', { account_no: '6600000001' }, 'account_no;DUPLICATE'],
  ['a stray separator', { street: 'Ми;ра' }, ';BAD_ROW'],
  ['a quote that never closes', { payer_name: '"Кедрова Вера' }, ';BAD_ROW'],
])('a good row is loaded in spite of a neighbour with %s', async (_, change, problem) => {
  const file = await accountsFile(withRow(accountRows(100), 41, change))
  expect(inShort(await load(file))).toEqual({ rows: 100, loaded: 99, unchanged: 0, older: 0, bad: 1 })
  const [head, ...lines] = (await readFile(`${file}.errors.csv`, 'utf8')).split('\r\n').filter(Boolean)
  expect(head).toBe('\uFEFFline;column;code;message;row')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain(`43;${problem};`)
})

test.each([
  ['early', 1],
  ['late', 1999],
])(
  'a row with a byte that UTF-8 does not have is a bad row, and its neighbours keep their names: %s in the file',
  async (_, nth) => {
    const file = await accountsFile(accountRows(2000))
    const bytes = await readFile(file)
    bytes[bytes.indexOf(`Вера ${nth};`)] = 0xff
    await writeFile(file, bytes)
    expect(inShort(await load(file))).toMatchObject({ rows: 2000, loaded: 1999, bad: 1 })
    expect(await readFile(`${file}.errors.csv`, 'utf8')).toContain(`${nth + 1};payer_name;BAD_ENCODING`)
    expect(await fresh.database.prisma.account.count({ where: { payerName: { startsWith: 'Кедрова Вера' } } })).toBe(
      1999,
    )
  },
)

test('a meter of an account that nobody knows is a bad row', async () => {
  await load(await accountsFile(accountRows(100)))
  const file = await folder.put('meters_20261101_001.csv', withRow(meterRows(100), 6, { account_no: '6699999999' }))
  expect(inShort(await load(file))).toMatchObject({ loaded: 99, bad: 1 })
  expect(await readFile(`${file}.errors.csv`, 'utf8')).toContain('8;account_no;UNKNOWN_ACCOUNT;')
})

test('the errors file shows no account number, name, address or code', async () => {
  const rows = accountRows(300)
    .map((row, index) => (index === 10 ? { ...row, balance_kop: 'много' } : row))
    .map((row, index) => (index === 20 ? { ...row, street: 'Крау;ля', house: '61' } : row))
    .map((row, index) => (index === 30 ? { ...row, account_no: '6600000001' } : row))
  const file = await accountsFile(rows)
  expect(inShort(await load(file))).toMatchObject({ bad: 3 })
  const errors = await readFile(`${file}.errors.csv`, 'utf8')
  expect(errors).not.toMatch(/660000|Кедрова|Вера|Мира|Крау|KX4M/)
  expect(errors).toContain('••••0011')
  expect((await stat(`${file}.errors.csv`)).mode & 0o077).toBe(0)
})

test('the errors file shows what is wrong, so that nobody needs the source', async () => {
  const wrong: Cells = { status: 'закрыт', living: 'двое', balance_kop: '12руб', balance_at: '31.02.2026' }
  const file = await accountsFile(withRow(accountRows(100), 10, wrong))
  await load(file)
  const errors = await readFile(`${file}.errors.csv`, 'utf8')
  expect(errors).toContain(
    '••••0011;;закрыт;••••••• •••• ••;улица;••••;•;;••;;•••;••.••;•;двое;12руб;31.02.2026;••••-••••;t',
  )
})

test('an errors file that no longer holds is taken away', async () => {
  const file = await accountsFile(withRow(accountRows(100), 1, { status: '?' }))
  await load(file)
  await accountsFile(accountRows(100))
  expect(await load(file)).not.toHaveProperty('errorsFile')
  await expect(stat(`${file}.errors.csv`)).rejects.toThrow('ENOENT')
})

test('takes columns in any order and letter case, leaves unknown ones out and forgives a separator at the end', async () => {
  const rows = accountRows(2).map((row) => ({ Мастер: 'x', ...Object.fromEntries(Object.entries(row).reverse()) }))
  const text = csv(rows)
    .replace('account_no', ' Account_No ')
    .replaceAll(/(?<!\S)(.+)\r\n/g, '$1;\r\n')
    .replace(';\r\n', '\r\n')
  expect(inShort(await load(await folder.putText('accounts_20261101_001.csv', text)))).toMatchObject({
    loaded: 2,
    bad: 0,
  })
})

async function everything(): Promise<unknown> {
  const { prisma } = fresh.database
  return [
    await prisma.account.findMany({ orderBy: { id: 'asc' } }),
    await prisma.meter.findMany(),
    await prisma.street.findMany(),
  ]
}
