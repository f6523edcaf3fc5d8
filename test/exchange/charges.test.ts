import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { importFile } from '../../src/exchange/importFile.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import {
  accountRows,
  type BillingFolder,
  billingFolder,
  type Cells,
  chargeRows,
  csv,
  inShort,
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
  await load(await folder.put('accounts_20261101_001.csv', accountRows(200)))
})
afterEach(() => folder.remove())

const load = (path: string) => importFile(fresh.database, path, { hashKey: 'k', today: '2026-11-10' })
const put = (rows: readonly Cells[], stamp = '20261102_001', options = {}) =>
  folder.put(`charges_${stamp}.csv`, rows, options)
const errorsOf = async (path: string) => (await readFile(`${path}.errors.csv`, 'utf8')).split('\r\n').slice(1, -1)

test('loads a month with its lines in the order of the file, sums in kopecks, units as residents know them', async () => {
  const rows = withRow(chargeRows(1), 1, {
    ...{ volume: '0,1967', tariff: '2 913,47', multiplier_kop: '250', total_kop: '640' },
    ...{ recalc_kop: '-3', recalc_reason: 'Отсутствие горячей воды' },
  })
  rows[1] = { ...rows[1], total_kop: '637' }
  const file = await put(
    rows.map((row) => ({ ...row, closing_kop: '1062', due_date: '15.11.2026' })),
    '20261102_001',
    {
      ...{ encoding: 'windows-1251', control: { sum: '957' } },
    },
  )
  expect(await load(file)).toEqual({
    ...{ kind: 'charges', rows: 3, loaded: 3, unchanged: 0, older: 0, bad: 0, withheld: 0, remarked: 0 },
  })
  const month = await fresh.database.prisma.chargeMonth.findFirstOrThrow({ include: { rows: true, account: true } })
  expect(month).toMatchObject({
    ...{ period: '2026-10', kind: 'MAIN', dueDate: new Date('2026-11-15'), mismatches: [] },
    ...{ openingKopecks: 1000n, paidKopecks: 900n, penaltyKopecks: 5n, closingKopecks: 1062n },
    ...{ account: { number: '6600000001' }, importedFrom: '20261102_001' },
  })
  expect(month.rows).toMatchObject([
    {
      ...{ service: 'HVS', name: 'Услуга HVS', supplier: 'Водоканал', unit: 'м³', basis: 'ИПУ' },
      ...{ volume: 63350n, tariff: 526300n, accruedKopecks: 300n, multiplierKopecks: 0n, totalKopecks: 300n },
    },
    {
      ...{ service: 'HEAT', unit: 'Гкал', volume: 1967n, tariff: 29134700n, accruedKopecks: 500n },
      ...{ multiplierKopecks: 250n, recalculationKopecks: -3n, benefitKopecks: -110n, totalKopecks: 637n },
      recalculationReason: 'Отсутствие горячей воды',
    },
    { service: 'TKO', unit: null, volume: null, basis: null, tariff: null, totalKopecks: 20n },
  ])
})

test('keeps the main charges and capital repair of a month apart, each with its own balance', async () => {
  const capital = chargeRows(1, { kind: 'caprem', opening_kop: '0', paid_kop: '', penalty_kop: '', closing_kop: '710' })
  expect(inShort(await load(await put([...chargeRows(1), ...capital])))).toMatchObject({ loaded: 6, bad: 0 })
  expect(await months()).toEqual(['2026-10 MAIN 815: HVS HEAT TKO', '2026-10 CAPREM 710: HVS HEAT TKO'])
})

test('loading charges again changes nothing, not even the rows on the disk', async () => {
  const file = await put(chargeRows(5))
  await load(file)
  const before = await everything()
  expect(inShort(await load(file))).toEqual({ rows: 15, loaded: 0, unchanged: 15, older: 0, bad: 0 })
  expect(await everything()).toEqual(before)
})

describe('a correction', () => {
  test('replaces the month with all its lines: some go, some come', async () => {
    await load(await put(chargeRows(2)))
    const [water, , waste] = chargeRows(1)
    const corrected = [waste, { ...water, service_code: 'KAN' }].map((row) => ({ ...row, closing_kop: '425' }))
    const result = await load(await put(corrected, '20261103_001'))
    expect(result).toMatchObject({ loaded: 2, remarked: 0 })
    expect(await months()).toEqual(['2026-10 MAIN 425: TKO KAN', '2026-10 MAIN 815: HVS HEAT TKO'])
  })

  test.each<[string, Cells]>([
    ['a sum', { accrued_kop: '301', total_kop: '301' }],
    ['a word', { supplier: 'Другой' }],
    ['a volume', { volume: '6.3351' }],
    ['the day it is due', { due_date: '2026-11-16' }],
    ['a figure that is no longer there', { volume: '' }],
  ])('is seen by %s alone', async (_, change) => {
    await load(await put(chargeRows(1)))
    const rows = 'due_date' in change ? chargeRows(1, change) : withRow(chargeRows(1), 0, change)
    expect(inShort(await load(await put(rows, '20261103_001')))).toMatchObject({ loaded: 3, bad: 0 })
  })

  test('leaves the months and kinds alone that it does not name', async () => {
    await load(await put([...chargeRows(2), ...chargeRows(1, { period: '2026-09' })]))
    await load(await put(chargeRows(1, { kind: 'CAPREM' }), '20261103_001'))
    expect(await months()).toHaveLength(4)
  })

  test('that is older than what is known does nothing, even if the newer file only repeated it', async () => {
    await load(await put(chargeRows(1), '20261102_001'))
    expect(inShort(await load(await put(chargeRows(1), '20261102_003')))).toMatchObject({ unchanged: 3 })
    const late = await put([...chargeRows(1, { due_date: '2026-11-10' }), ...chargeRows(1, { period: '2026-09' })])
    expect(inShort(await load(late))).toMatchObject({ loaded: 3, older: 3 })
    expect(await months()).toEqual(['2026-09 MAIN 815: HVS HEAT TKO', '2026-10 MAIN 815: HVS HEAT TKO'])
    expect(await fresh.database.prisma.chargeMonth.count({ where: { dueDate: new Date('2026-11-10') } })).toBe(0)
  })
})

describe('figures that do not add up', () => {
  test.each<[string, (rows: Cells[]) => Cells[], string[], string[]]>([
    ['a line', (rows) => withRow(rows, 1, { accrued_kop: '501' }), ['ROW_TOTAL'], ['3;total_kop']],
    ['the balance', (rows) => rows.map((row) => ({ ...row, closing_kop: '816' })), ['CLOSING'], ['2;closing_kop']],
    [
      'a total',
      (rows) => withRow(rows, 0, { total_kop: '299' }),
      ['ROW_TOTAL', 'CLOSING'],
      ['2;closing_kop', '2;total_kop'],
    ],
  ])('are loaded as they are, flagged and listed: %s', async (_, change, flags, listed) => {
    const file = await put([...change(chargeRows(1)), ...chargeRows(2).slice(3)])
    expect(await load(file)).toMatchObject({ rows: 6, loaded: 6, bad: 0, remarked: listed.length })
    const kept = await fresh.database.prisma.chargeMonth.findMany({ orderBy: { id: 'asc' }, include: { rows: true } })
    expect(kept.map((month) => month.mismatches)).toEqual([flags, []])
    const told = change(chargeRows(1))
    expect(kept[0]?.rows.map((row) => String(row.totalKopecks))).toEqual(told.map((row) => row.total_kop))
    expect(String(kept[0]?.closingKopecks)).toBe(told[0]?.closing_kop)
    expect(await errorsOf(file)).toEqual(listed.map((place) => expect.stringContaining(`${place};SUM_MISMATCH;`)))
  })

  test('are no longer flagged once the billing has put them right', async () => {
    await load(await put(chargeRows(1, { closing_kop: '816' })))
    await load(await put(chargeRows(1), '20261103_001'))
    expect(await fresh.database.prisma.chargeMonth.findFirstOrThrow()).toMatchObject({ mismatches: [] })
  })

  test('are listed without the number of the account', async () => {
    const file = await put(chargeRows(1, { closing_kop: '816' }))
    await load(file)
    expect(await errorsOf(file)).toEqual([expect.stringMatching(/••••0001/)])
    expect((await errorsOf(file)).join()).not.toContain('6600000001')
  })
})

describe('a month appears whole or not at all', () => {
  const all = () => chargeRows(150)
  /** The second line of account 11 is line 33 of the file. */
  const second = 31

  test.each<[string, Cells, string]>([
    ['a sum that is none', { accrued_kop: 'много' }, '33;accrued_kop;BAD_NUMBER'],
    ['no service', { service_code: '' }, '33;service_code;MISSING'],
    ['a name longer than 200 characters', { service_name: 'я'.repeat(201) }, '33;service_name;TOO_LONG'],
    ['another balance than its neighbours', { closing_kop: '1' }, '33;;NOT_REPEATED'],
    ['another due day than its neighbours', { due_date: '' }, '33;;NOT_REPEATED'],
    ['a stray separator', { supplier: 'Водо;канал' }, '33;;BAD_ROW'],
    ['no readable period', { period: 'октябрь' }, '33;period;BAD_DATE'],
    ['no account', { account_no: '' }, '33;account_no;MISSING'],
  ])('a line with %s keeps its month out, and no other one', async (_, change, listed) => {
    await load(await put(chargeRows(11, { due_date: '2026-11-10' }), '20261101_009'))
    const file = await put(withRow(all(), second, change))
    expect(await load(file)).toMatchObject({ rows: 450, loaded: 447, bad: 1, withheld: 2 })
    const places = (await errorsOf(file)).map((line) => line.split(';').slice(0, 3).join(';'))
    expect(places.toSorted()).toEqual(['32;;WITHHELD', listed, '34;;WITHHELD'])
    const known = await fresh.database.pool.query(
      `SELECT a.number, to_char(m.due_date, 'DD') AS due FROM charge_month m JOIN account a ON a.id = m.account_id WHERE m.imported_from < '20261102' ORDER BY 1`,
    )
    // What was known of the month before is still there, and only of this one.
    expect(known.rows).toEqual([{ number: '6600000011', due: '10' }])
  })

  test('the same line twice keeps its month out: nobody can tell which sum is meant', async () => {
    const rows = all()
    const file = await put([...rows.slice(0, 32), ...rows.slice(31)])
    expect(await load(file)).toMatchObject({ rows: 451, loaded: 447, bad: 1, withheld: 3 })
    expect((await errorsOf(file)).join()).toContain('34;;DUPLICATE')
  })

  test('two lines of one service are no repetition when their figures differ', async () => {
    const rows = chargeRows(1, { closing_kop: '1115' })
    const file = await put([...rows, { ...rows[0], volume: '6.336' }])
    expect(await load(file)).toMatchObject({ loaded: 4, bad: 0, remarked: 0 })
  })

  test('a line that cannot be cut into cells keeps out the months on both sides of it', async () => {
    const lines = csv(all()).split('\r\n')
    lines.splice(31, 0, 'x;y')
    const file = await folder.putText('charges_20261102_001.csv', lines.join('\r\n'))
    expect(await load(file)).toMatchObject({ rows: 451, loaded: 444, bad: 1, withheld: 6 })
  })

  test('a line with an account but no period keeps out all months of that account', async () => {
    const rows = [...all(), ...chargeRows(12, { period: '2026-09' }).slice(30)]
    const file = await put(withRow(rows, second, { period: '' }))
    expect(await load(file)).toMatchObject({ rows: 456, bad: 1, withheld: 2 + 3, loaded: 450 })
  })

  test('an account nobody knows is bad with all its lines, and nothing else is kept out', async () => {
    const file = await put([...all(), ...chargeRows(1, { account_no: '6699999999' })])
    expect(await load(file)).toMatchObject({ bad: 3, withheld: 0, loaded: 450 })
    expect((await errorsOf(file)).every((line) => line.includes('account_no;UNKNOWN_ACCOUNT'))).toBe(true)
  })

  test('what is kept out because of others does not make a file too bad to load', async () => {
    const rows = chargeRows(100)
    const file = await put(rows.map((row, at) => (at % 120 === 0 ? { ...row, total_kop: '' } : row)))
    expect(await load(file)).toMatchObject({ rows: 300, bad: 3, withheld: 6, loaded: 291 })
  })

  test('residents see the month as it was until all of its correction is there', async () => {
    const water = (name: string, total: number) =>
      chargeRows(700, { service_name: name, closing_kop: String(815 + total) })
    await load(await folder.put('accounts_20261101_002.csv', accountRows(700)))
    await load(await put(water('old', 0), '20261103_001'))
    let done = false
    const importing = load(await put(water('new', 0).slice(0, 2099), '20261103_002')).finally(() => {
      done = true
    })
    const seen = new Set<string>()
    let reads = 0
    while (!done) {
      const { rows } = await fresh.database.pool.query(
        'SELECT DISTINCT c.name, count(*) OVER () AS lines FROM charge_month m JOIN charge c ON c.month_id = m.id GROUP BY c.name, m.id, c.ordinal',
      )
      seen.add(rows.map((row) => `${row.name} ${row.lines}`).join(' and '))
      reads++
    }
    expect(await importing).toMatchObject({ loaded: 2099 })
    expect(reads).toBeGreaterThan(3)
    expect([...seen].filter((each) => each !== 'old 2100' && each !== 'new 2099')).toEqual([])
  })
})

test.each<[string, string, () => Promise<string>]>([
  ['ROWS_MISMATCH', 'a line was lost on the way', () => put(chargeRows(3), undefined, { control: { rows: 10 } })],
  ['SUM_MISMATCH', 'the totals do not add up', () => put(chargeRows(3), undefined, { control: { sum: '2131' } })],
  ['MISSING_COLUMN', 'a column is missing', () => put(chargeRows(3).map(({ total_kop, ...row }) => row))],
  ['TOO_MANY_BAD_ROWS', 'two lines in a hundred are bad', () => put(withRow(chargeRows(30), 5, { total_kop: '' }))],
])('a refused file changes nothing: %s, %s', async (code, _, make) => {
  await load(await put(chargeRows(2), '20261101_001'))
  const before = await everything()
  expect(inShort(await load(await make()))).toMatchObject({ refused: code, loaded: 0 })
  expect(await everything()).toEqual(before)
})

test.each<[string, Cells]>([
  ['nothing', { accrued_kop: '0', total_kop: '0' }],
  ['one kopeck', { accrued_kop: '1', total_kop: '1' }],
  ['less than nothing', { accrued_kop: '-5000', total_kop: '-5000' }],
  ['a billion roubles', { accrued_kop: '100000000000', total_kop: '100000000000' }],
  ['a name of 200 characters', { service_name: 'я'.repeat(200) }],
])('takes a line of %s', async (_, change) => {
  const rows = withRow(chargeRows(1), 0, change)
  const closing = String(815 + Number(change.total_kop ?? 300) - 300)
  expect(await load(await put(rows.map((row) => ({ ...row, closing_kop: closing }))))).toMatchObject({
    ...{ loaded: 3, bad: 0, remarked: 0 },
  })
})

test('takes a month of forty services', async () => {
  const [line] = chargeRows(1, { closing_kop: String(1000 - 900 + 5 + 40 * 300) })
  const rows = Array.from({ length: 40 }, (_, at) => ({ ...line, service_code: `S${at}` }))
  expect(await load(await put(rows))).toMatchObject({ loaded: 40, bad: 0, remarked: 0 })
  const { rows: kept } = await fresh.database.prisma.chargeMonth.findFirstOrThrow({
    include: { rows: { orderBy: { ordinal: 'asc' } } },
  })
  expect(kept.map((row) => row.service)).toEqual(rows.map((row) => row.service_code))
})

/** `period kind closing: services`, by account. */
async function months(): Promise<string[]> {
  const { rows } = await fresh.database.pool.query<{ said: string }>(
    `SELECT format('%s %s %s: %s', period, kind, closing_kopecks, string_agg(service, ' ' ORDER BY ordinal)) AS said
       FROM charge_month m JOIN charge c ON c.month_id = m.id GROUP BY m.id ORDER BY account_id, period, kind DESC`,
  )
  return rows.map(({ said }) => said)
}

async function everything(): Promise<unknown> {
  const { rows: months } = await fresh.database.pool.query('SELECT ctid, m.* FROM charge_month m ORDER BY id')
  const { rows: lines } = await fresh.database.pool.query('SELECT ctid, c.* FROM charge c ORDER BY month_id, ordinal')
  return { months, lines }
}
