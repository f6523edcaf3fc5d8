import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { importFile } from '../../src/exchange/importFile.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import {
  accountRows,
  type BillingFolder,
  billingFolder,
  type Cells,
  inShort,
  meterRows,
  readingRows,
  withRow,
} from './billingFiles.ts'

let fresh: FreshDatabase
let folder: BillingFolder

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  folder = await billingFolder()
  await fresh.database.pool.query('TRUNCATE account, street, meter, reading RESTART IDENTITY CASCADE')
  await load(await folder.put('accounts_20261101_001.csv', accountRows(200)))
  await load(await folder.put('meters_20261101_001.csv', meterRows(200)))
})
afterEach(() => folder.remove())

const load = (path: string) => importFile(fresh.database, path, { hashKey: 'k', today: '2026-11-10' })
const put = (rows: readonly Cells[], control?: { sum: string }) =>
  folder.put('readings_20261101_001.csv', rows, control ? { control } : {})
const stored = () =>
  fresh.database.prisma.reading.findMany({
    orderBy: [{ period: 'asc' }, { t1: 'asc' }],
    select: { t1: true, status: true, source: true },
  })
const shown = async () => (await stored()).map(({ t1, status }) => `${t1} ${status}`)

test('loads what the billing knows as confirmed readings, with a control sum of the first zones', async () => {
  const rows = readingRows(3, { t1: '418,95' })
  expect(inShort(await load(await put(rows, { sum: '1256.850' })))).toMatchObject({ loaded: 3 })
  const reading = await fresh.database.prisma.reading.findFirstOrThrow({ where: { meterId: 'M1' } })
  expect(reading).toMatchObject({
    period: '2026-10',
    status: 'confirmed',
    source: 'import',
    readAt: new Date('2026-10-20'),
    submittedAt: new Date('2026-10-20T08:15:00Z'),
    flags: [],
  })
  expect(Number(reading.t1)).toBe(418.95)
})

test('loading readings again changes nothing', async () => {
  const file = await put(readingRows(5))
  await load(file)
  const before = await fresh.database.prisma.reading.findMany()
  expect(inShort(await load(file))).toMatchObject({ loaded: 0, unchanged: 5 })
  expect(await fresh.database.prisma.reading.findMany()).toEqual(before)
})

test('a reading that we have exported comes back without harm', async () => {
  const id = await ours('400.000', 'exported')
  const back = { reading_id: id, confirmation: 'П-17', source: 'telegram', flags: 'W_HIGH', t1: '400.000' }
  expect(inShort(await load(await put(readingRows(1, back))))).toMatchObject({ loaded: 0, unchanged: 1 })
  expect(await stored()).toMatchObject([{ status: 'exported', source: 'telegram' }])
})

test('what we hold for a meter and period is not pushed out by a reading that does not name it', async () => {
  await ours('400.000', 'accepted')
  expect(inShort(await load(await put(readingRows(1))))).toMatchObject({ loaded: 0, unchanged: 1 })
  expect(await shown()).toEqual(['400 accepted'])
})

test('a reading that names another one replaces it, whichever of the two comes first', async () => {
  const first = readingRows(1, { t1: '400.000' })
  const second = readingRows(1, { reading_id: 'R1a', replaces_id: 'R1', t1: '410.000' })
  for (const order of [[first, second], [second, first], [[...first, ...second]], [[...second, ...first]]]) {
    await fresh.database.pool.query('TRUNCATE reading')
    for (const rows of order) await load(await put(rows))
    expect((await shown()).filter((each) => each.endsWith('confirmed'))).toEqual(['410 confirmed'])
  }
})

test.each<[string, Cells, string]>([
  ['an account nobody knows', { account_no: '6699999999' }, 'account_no;UNKNOWN_ACCOUNT'],
  ['a meter nobody knows', { meter_id: 'M999' }, 'meter_id;UNKNOWN_METER'],
  ['a second reading of one meter and period', { meter_id: 'M1' }, 'period;DUPLICATE'],
  ['an id that was there before', { reading_id: 'R1' }, 'reading_id;DUPLICATE'],
  ['no value', { t1: '' }, 't1;MISSING'],
  ['no value of the second zone', { meter_id: 'M200' }, 't2;MISSING'],
])('a reading with %s is a bad row', async (_, change, problem) => {
  await fresh.database.prisma.meter.update({ where: { id: 'M200' }, data: { zones: 2 } })
  const file = await put(withRow(readingRows(100), 50, change))
  expect(inShort(await load(file))).toMatchObject({ loaded: 99, bad: 1 })
  expect(await readFile(`${file}.errors.csv`, 'utf8')).toContain(`52;${problem};`)
})

async function ours(value: string, status: 'accepted' | 'exported'): Promise<string> {
  const account = await fresh.database.prisma.account.findUniqueOrThrow({ where: { number: '6600000001' } })
  const at = { readAt: new Date('2026-10-19'), submittedAt: new Date('2026-10-19T10:00:00Z') }
  const reading = {
    id: randomUUID(),
    accountId: account.id,
    meterId: 'M1',
    period: '2026-10',
    t1: value,
    source: 'telegram',
    status,
  }
  await fresh.database.prisma.reading.create({ data: { ...reading, ...at } })
  return reading.id
}
