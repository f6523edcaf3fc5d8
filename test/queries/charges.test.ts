import { afterAll, beforeAll, expect, test } from 'vitest'
import { mismatchesOf } from '../../src/domain/charges/charges.ts'
import { importFile } from '../../src/exchange/importFile.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { balanceOf, chargedPeriods, chargesBetween, paymentsBetween } from '../../src/queries/charges.ts'
import { billingFolder, chargeRows } from '../exchange/billingFiles.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase({ of: 'town' })
})
afterAll(() => fresh.drop())

const account = async (number: string): Promise<number> => {
  const { rows } = await fresh.database.pool.query<{ id: number }>('SELECT id FROM account WHERE number = $1', [number])
  return rows[0]?.id ?? 0
}

test('months come whole, the earliest first, MAIN before CAPREM, and add up', async () => {
  const id = await account('6688808698')
  const months = await chargesBetween(sqlOn(fresh.database), id, '2026-09', '2026-10')
  expect(months.map(({ period, kind }) => `${period} ${kind}`)).toEqual([
    ...['2026-09 MAIN', '2026-09 CAPREM', '2026-10 MAIN', '2026-10 CAPREM'],
  ])
  for (const month of months) expect(mismatchesOf(month)).toEqual([])
  expect(months.flatMap(({ rows }) => rows).some(({ multiplier }) => multiplier > 0)).toBe(true)
  expect(months.flatMap(({ rows }) => rows).every((row) => Object.values(row).every((value) => value !== null))).toBe(
    true,
  )
})

test('the balance is the sum of what the last month of each kind leaves, and of an unknown account there is none', async () => {
  const sql = sqlOn(fresh.database)
  const id = await account('6610200503')
  const [last = '2026-10'] = await chargedPeriods(sql, id)
  const months = await chargesBetween(sql, id, last, last)
  const balance = await balanceOf(sql, id)
  expect(balance?.kopecks).toBe(months.reduce((sum, { closing }) => sum + closing, 0))
  expect(balance?.kopecks).toBeLessThan(0)
  expect(await balanceOf(sql, 0)).toBeUndefined()
})

test('a month that is imported anew while it is read is shown whole, as it was or as it is', async () => {
  const id = await account('6606101622')
  const folder = await billingFolder()
  const names = new Map<string, Set<string>>()
  let done = false
  const reader = async () => {
    while (!done)
      for (const { version, rows } of await chargesBetween(sqlOn(fresh.database), id, '2026-10', '2026-10'))
        for (const { name } of rows) names.set(version, (names.get(version) ?? new Set()).add(name))
  }
  const readers = [reader(), reader(), reader()]
  for (const nth of [1, 2, 3, 4, 5, 6]) {
    const change = { account_no: '6606101622', service_name: `Имя ${nth}`, closing_kop: '815' }
    const path = await folder.put(`charges_20261102_00${nth}.csv`, chargeRows(1, change))
    expect(await importFile(fresh.database, path, { hashKey: 'k', today: '2026-11-10' })).toMatchObject({ loaded: 3 })
  }
  done = true
  await Promise.all(readers)
  await folder.remove()
  const imported = [...names.values()].filter((each) => [...each].some((name) => name.startsWith('Имя')))
  expect(imported.length).toBeGreaterThan(0)
  expect(imported.map(({ size }) => size)).toEqual(imported.map(() => 1))
})

test('payments are found by the payer’s day, the latest first', async () => {
  const payments = await paymentsBetween(sqlOn(fresh.database), await account('6682305547'), '2026-08-01', '2026-10-31')
  const days = payments.map(({ paidAt }) => paidAt)
  expect(days.length).toBeGreaterThan(0)
  expect(days).toEqual(days.toSorted().toReversed())
  expect(days.every((day) => day >= '2026-08-01' && day <= '2026-10-31')).toBe(true)
})
