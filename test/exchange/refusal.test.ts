import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { importFile } from '../../src/exchange/importFile.ts'
import type { RefusalCode } from '../../src/exchange/problems.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { accountRows, type BillingFolder, billingFolder, type Cells, csv, inShort, withRow } from './billingFiles.ts'

let fresh: FreshDatabase
let folder: BillingFolder

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  folder = await billingFolder()
  await fresh.database.pool.query('TRUNCATE account, street RESTART IDENTITY CASCADE')
  await load(await folder.put('accounts_20261101_001.csv', accountRows(3)))
})
afterEach(() => folder.remove())

const load = (path: string) => importFile(fresh.database, path, { hashKey: 'k', today: '2026-11-10' })
const changed = (count: number) => accountRows(count, { living: '9', street: 'Крауля' })
const put = (rows: readonly Cells[], control?: Record<string, string | number>) =>
  folder.put('accounts_20261102_001.csv', rows, control ? { control } : {})
const without = (column: string) =>
  changed(3).map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== column)))

test.each<[RefusalCode, string, () => Promise<string>]>([
  ['BAD_NAME', 'an unknown kind', () => folder.put('debts_20261102_001.csv', changed(3))],
  ['BAD_NAME', 'a date there is not', () => folder.put('accounts_20260230_001.csv', changed(3))],
  ['NOT_FOUND', 'no such file', async () => `${folder.path}/accounts_20261103_001.csv`],
  ['NOT_A_TABLE', 'an empty file', () => folder.putText('accounts_20261102_001.csv', '')],
  ['MISSING_COLUMN', 'a column is missing', () => put(without('house'))],
  [
    'DUPLICATE_COLUMN',
    'a column comes twice',
    () => folder.putText('accounts_20261102_001.csv', csv(changed(3)).replace('els;', 'flat;els;')),
  ],
  [
    'MISSING_COLUMN',
    'commas instead of semicolons',
    () => folder.putText('accounts_20261102_001.csv', csv(changed(3)).replaceAll(';', ',')),
  ],
  [
    'TOO_MANY_BAD_ROWS',
    'two bad rows in a hundred',
    () => put(withRow(withRow(changed(100), 5, { status: '' }), 6, { status: '' })),
  ],
  [
    'TOO_MANY_BAD_ROWS',
    'two rows in a hundred come twice',
    () => put(withRow(withRow(changed(100), 5, { account_no: '6600000001' }), 6, { account_no: '6600000001' })),
  ],
  ['ROWS_MISMATCH', 'a row was lost on the way', () => put(changed(3), { rows: 4 })],
  ['SUM_MISMATCH', 'the balances do not add up', () => put(changed(3), { sum: '301' })],
  ['HASH_MISMATCH', 'the bytes are not those that were sent', () => put(changed(3), { sha256: '0'.repeat(64) })],
  ['BAD_CONTROL', 'the control file is something else', () => put(changed(3), { sum: 'сто' })],
])('a refused file changes nothing: %s, %s', async (code, _, make) => {
  const before = await everything()
  const result = await load(await make())
  expect(inShort(result)).toMatchObject({ refused: code, loaded: 0 })
  expect(JSON.stringify(result.refused)).not.toMatch(/66000|Кедрова|Крауля/)
  expect(await everything()).toEqual(before)
})

test('a file with the right control figures is loaded', async () => {
  expect(inShort(await load(await put(changed(3), { sum: '300' })))).toMatchObject({ loaded: 3 })
})

test('one bad row in a hundred is not too many', async () => {
  expect(inShort(await load(await put(withRow(changed(100), 5, { status: '' }))))).toMatchObject({ loaded: 99, bad: 1 })
})

async function everything(): Promise<unknown> {
  const { prisma } = fresh.database
  return [await prisma.account.findMany({ orderBy: { id: 'asc' } }), await prisma.street.findMany()]
}
