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
  paymentRows,
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
  await fresh.database.pool.query('TRUNCATE account, street RESTART IDENTITY CASCADE')
  await load(await folder.put('accounts_20261101_001.csv', accountRows(100)))
})
afterEach(() => folder.remove())

const load = (path: string) => importFile(fresh.database, path, { hashKey: 'k', today: '2026-11-10' })
const put = (rows: readonly Cells[], stamp = '20261102_001', options = {}) =>
  folder.put(`payments_${stamp}.csv`, rows, options)
const stored = () => fresh.database.prisma.payment.findMany({ orderBy: { id: 'asc' } })

test('loads payments and reversals with the day they were made and the day they were counted', async () => {
  const [paid, back] = paymentRows(2, { account_no: '6600000001' })
  const reversal = { ...back, amount_kop: '-90 000', paid_at: '13.10.2026', posted_at: '', channel: 'bank', period: '' }
  const file = await put([paid ?? {}, reversal], undefined, { control: { sum: '0' } })
  expect(inShort(await load(file))).toMatchObject({ loaded: 2, bad: 0 })
  const { id } = await fresh.database.prisma.account.findUniqueOrThrow({ where: { number: '6600000001' } })
  expect(await stored()).toEqual([
    {
      ...{ id: 'P1', accountId: id, amountKopecks: 90_000n, channel: 'FRISBI', period: '2026-09' },
      ...{ paidAt: new Date('2026-10-12'), postedAt: new Date('2026-10-14'), importedFrom: '20261102_001' },
    },
    {
      ...{ id: 'P2', accountId: id, amountKopecks: -90_000n, channel: 'BANK', period: null },
      ...{ paidAt: new Date('2026-10-13'), postedAt: null, importedFrom: '20261102_001' },
    },
  ])
})

test('loading payments again changes nothing', async () => {
  const file = await put(paymentRows(5))
  await load(file)
  const before = await stored()
  expect(inShort(await load(file))).toMatchObject({ loaded: 0, unchanged: 5 })
  expect(await stored()).toEqual(before)
})

test('a newer file corrects a payment, an older one does not, and one that is left out stays', async () => {
  await load(await put(paymentRows(2), '20261102_001'))
  await load(await put(paymentRows(1, { posted_at: '2026-10-16' }), '20261103_001'))
  const late = await put(paymentRows(3, { amount_kop: '1' }), '20261102_002')
  expect(inShort(await load(late))).toMatchObject({ loaded: 2, older: 1 })
  expect((await stored()).map(({ amountKopecks, postedAt }) => [amountKopecks, postedAt])).toEqual([
    [90_000n, new Date('2026-10-16')],
    [1n, new Date('2026-10-14')],
    [1n, new Date('2026-10-14')],
  ])
})

test.each<[string, Cells, string]>([
  ['an account nobody knows', { account_no: '6699999999' }, 'account_no;UNKNOWN_ACCOUNT'],
  ['an id that was there before', { payment_id: 'P1' }, 'payment_id;DUPLICATE'],
  ['kopecks in parts', { amount_kop: '900,5' }, 'amount_kop;BAD_NUMBER'],
  ['no day', { paid_at: '' }, 'paid_at;MISSING'],
  ['a way nobody knows', { channel: 'GOLD' }, 'channel;BAD_VALUE'],
])('a payment with %s is a bad row', async (_, change, problem) => {
  const file = await put(withRow(paymentRows(100), 50, change))
  expect(await load(file)).toMatchObject({ loaded: 99, bad: 1, withheld: 0, remarked: 0 })
  expect(await readFile(`${file}.errors.csv`, 'utf8')).toContain(`52;${problem};`)
})

test('a file whose sum is not the stated one changes nothing', async () => {
  const file = await put(paymentRows(2), undefined, { control: { sum: '180001' } })
  expect(inShort(await load(file))).toMatchObject({ refused: 'SUM_MISMATCH', loaded: 0 })
  expect(await stored()).toEqual([])
})
