import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type BankAgreement, usualAgreement } from '../../src/domain/payment/paymentCode.ts'
import { importFile } from '../../src/exchange/importFile.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { type BillingFolder, billingFolder, type Cells, inShort } from './billingFiles.ts'

let fresh: FreshDatabase
let folder: BillingFolder

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  folder = await billingFolder()
  await fresh.database.pool.query('TRUNCATE payee')
})
afterEach(() => folder.remove())

const payee: Cells = {
  ...{ kind: 'MAIN', valid_from: '2026-01-01', name: 'ТСЖ Пример', personal_acc: '40702810216000000042' },
  ...{ bank_name: 'Банк Пример', bic: '046599999', corresp_acc: '30101810300000000999' },
  ...{ inn: '6699000017', kpp: '669901001', phone: '8 (343) 000-00-00', address: '', site: 'https://example.org' },
}

const put = (rows: Cells[], stamp = '20261101_001') => folder.put(`requisites_${stamp}.csv`, rows)
const load = (path: string, agreement: BankAgreement = usualAgreement) =>
  importFile(fresh.database, path, { hashKey: 'k', today: '2026-11-01', agreement })
const stored = () => fresh.database.prisma.payee.findMany({ orderBy: { id: 'asc' } })

test('requisites are loaded a kind and a first day each, and corrected by a newer file', async () => {
  const rows = [payee, { ...payee, kind: 'caprem', corresp_acc: '0', kpp: '' }, { ...payee, valid_from: '01.12.2026' }]
  expect(inShort(await load(await put(rows)))).toMatchObject({ loaded: 3, bad: 0 })
  expect(await stored()).toMatchObject([
    { id: 'CAPREM:2026-01-01', correspAcc: '0', kpp: null, address: null },
    { id: 'MAIN:2026-01-01', name: 'ТСЖ Пример', validFrom: new Date('2026-01-01'), phone: '8 (343) 000-00-00' },
    { id: 'MAIN:2026-12-01' },
  ])
  await load(await put([{ ...payee, name: 'ТСЖ Новое' }], '20261102_001'))
  expect(inShort(await load(await put([payee], '20261101_002')))).toMatchObject({ loaded: 0, older: 1 })
  expect((await stored())[1]?.name).toBe('ТСЖ Новое')
})

test.each<[string, Cells, string]>([
  ['an account with a wrong digit', { personal_acc: '40702810216000000043' }, 'personal_acc;CONTROL_DIGITS'],
  ['an account of another bank', { bic: '046599998' }, 'personal_acc;CONTROL_DIGITS'],
  ['a correspondent account with a wrong digit', { corresp_acc: '30101810300000000998' }, 'corresp_acc;CONTROL_DIGITS'],
  ['a tax number with a wrong digit', { inn: '6699000018' }, 'inn;CONTROL_DIGITS'],
  ['a tax number of eleven digits', { inn: '66990000170' }, 'inn;BAD_REQUISITE'],
  ['a reason code of eight places', { kpp: '66990100' }, 'kpp;BAD_REQUISITE'],
  ['an account of zeros', { personal_acc: '0'.repeat(20) }, 'personal_acc;BAD_REQUISITE'],
  ['no bank', { bank_name: '' }, 'bank_name;MISSING'],
  ['a kind nobody knows', { kind: 'PARKING' }, 'kind;BAD_VALUE'],
  ['a name for which a code has no room', { name: 'Щ'.repeat(160) }, ';BAD_REQUISITE'],
])('%s is refused before anybody pays to it', async (_, change, problem) => {
  const file = await put([{ ...payee, ...change }])
  expect(inShort(await load(file))).toMatchObject({ loaded: 0, refused: 'TOO_MANY_BAD_ROWS' })
  expect(await readFile(`${file}.errors.csv`, 'utf8')).toContain(`2;${problem};`)
  expect(await stored()).toEqual([])
})

test('what fits the agreed encoding is taken, and what it lacks is not', async () => {
  const agreement: BankAgreement = { ...usualAgreement, encoding: 'windows-1251' }
  expect(inShort(await load(await put([{ ...payee, name: 'Щ'.repeat(160) }]), agreement))).toMatchObject({ loaded: 1 })
  const file = await put([{ ...payee, name: 'Ҡала йорты' }], '20261102_001')
  expect(inShort(await load(file, agreement))).toMatchObject({ refused: 'TOO_MANY_BAD_ROWS' })
  expect(await readFile(`${file}.errors.csv`, 'utf8')).toContain('2;name;BAD_REQUISITE;')
})

test('a treasury account is taken and listed, for its digits cannot be checked', async () => {
  const file = await put([{ ...payee, personal_acc: '03100643000000016200', corresp_acc: '40102810645370000054' }])
  expect(await load(file)).toMatchObject({ loaded: 1, bad: 0, remarked: 1 })
  expect(await readFile(`${file}.errors.csv`, 'utf8')).toContain('2;personal_acc;TREASURY_ACCOUNT;')
})
