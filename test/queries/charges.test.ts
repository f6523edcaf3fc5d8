import { afterAll, beforeAll, expect, test } from 'vitest'
import { mismatchesOf } from '../../src/domain/charges/charges.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { balanceOf, chargedPeriods, chargesBetween, paymentsBetween } from '../../src/queries/charges.ts'
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

test('payments are found by the payer’s day, the latest first', async () => {
  const payments = await paymentsBetween(sqlOn(fresh.database), await account('6682305547'), '2026-08-01', '2026-10-31')
  const days = payments.map(({ paidAt }) => paidAt)
  expect(days.length).toBeGreaterThan(0)
  expect(days).toEqual(days.toSorted().toReversed())
  expect(days.every((day) => day >= '2026-08-01' && day <= '2026-10-31')).toBe(true)
})
