import { createHash } from 'node:crypto'
import type { AddressParts } from '../domain/address/parts.ts'
import type { ChargeKind } from '../domain/charges/charges.ts'
import type { LocalDate } from '../domain/localDate.ts'
import { addPeriods, type Period } from '../domain/period.ts'
import { metersOfReceipt } from '../domain/receipt/meters.ts'
import type { Payer, Receipt, ToPay } from '../domain/receipt/receipt.ts'
import type { Sql } from '../infra/database.ts'
import { balanceOf, chargesBetween } from './charges.ts'
import { addressColumns } from './columns.ts'
import { metersWithPast } from './history.ts'
import { payeesOn } from './payees.ts'

/** The months of which there are receipts, the latest first. */
export async function receiptPeriods(sql: Sql, accountId: number): Promise<Period[]> {
  const rows = await sql<{ period: Period }>(
    'queries.receiptPeriods',
    `SELECT period FROM charge_month WHERE account_id = $1 UNION SELECT period FROM receipt_file WHERE account_id = $1 ORDER BY period DESC`,
    [accountId],
  )
  return rows.map(({ period }) => period)
}

/** The receipts of a month, the main one first, as they are to be paid on a day. */
export async function receiptsOf(sql: Sql, accountId: number, period: Period, day: LocalDate): Promise<Receipt[]> {
  const months = await chargesBetween(sql, accountId, period, period)
  const later = await chargedAfter(sql, accountId, period)
  const files = await filesOf(sql, accountId, period)
  const [payer, payees] = [await payerOf(sql, accountId), await payeesOn(sql, day)]
  const meters = months.some(({ kind }) => kind === 'MAIN') ? await metersWithPast(sql, accountId, period) : []
  return (['MAIN', 'CAPREM'] as const).flatMap((kind): Receipt[] => {
    const [month, file] = [months.find((one) => one.kind === kind), files.find((one) => one.kind === kind)]
    if (!month && !file) return []
    const payee = payees.find((one) => one.kind === kind)
    const facts = {
      ...{ period, kind, payer, isLatest: !later.includes(kind) },
      ...(month && { month }),
      ...(payee && { payee }),
      meters: kind === 'MAIN' ? metersOfReceipt(meters, period) : [],
    }
    const { sha256 = '', bytes = 0 } = file ?? {}
    return [{ ...facts, ...(file && { file: { sha256, bytes } }), version: versionOf(facts) }]
  })
}

/** The kinds that have been charged for a later month. */
async function chargedAfter(sql: Sql, accountId: number, period: Period): Promise<ChargeKind[]> {
  const rows = await sql<{ kind: ChargeKind }>(
    'queries.chargedAfter',
    'SELECT DISTINCT kind FROM charge_month WHERE account_id = $1 AND period > $2',
    [accountId, period],
  )
  return rows.map(({ kind }) => kind)
}

export async function toPay(sql: Sql, accountId: number, day: LocalDate): Promise<ToPay> {
  const latest = await sql<{ kind: ChargeKind; period: Period }>(
    'queries.latestMonths',
    'SELECT kind, max(period) AS period FROM charge_month WHERE account_id = $1 GROUP BY kind',
    [accountId],
  )
  const last = latest
    .map(({ period }) => period)
    .toSorted()
    .at(-1)
  // A kind may come a month after the other. One that has not come for longer is charged no more, and nobody knows what became of it.
  const all = last ? await chargesBetween(sql, accountId, addPeriods(last, -1), last) : []
  const months = all.filter((month) =>
    latest.some(({ kind, period }) => month.kind === kind && month.period === period),
  )
  const balance = await balanceOf(sql, accountId)
  const facts = {
    months,
    ...(balance && { balance }),
    payees: await payeesOn(sql, day),
    payer: await payerOf(sql, accountId),
  }
  return { ...facts, version: versionOf(facts) }
}

/** Whether such bytes are a receipt of the account still. */
export async function isReceiptOf(sql: Sql, accountId: number, sha256: string): Promise<boolean> {
  const rows = await sql('queries.isReceiptOf', 'SELECT FROM receipt_file WHERE account_id = $1 AND sha256 = $2', [
    accountId,
    sha256,
  ])
  return rows.length > 0
}

const filesOf = (sql: Sql, accountId: number, period: Period) =>
  sql<{ kind: ChargeKind; sha256: string; bytes: number }>(
    'queries.receiptFiles',
    'SELECT kind, sha256, bytes FROM receipt_file WHERE account_id = $1 AND period = $2',
    [accountId, period],
  )

/** Whose the account is, and what is known of the home. */
export async function payerOf(sql: Sql, accountId: number): Promise<Payer> {
  const [row] = await sql<Omit<Payer, 'address'> & Required<AddressParts>>(
    'queries.payer',
    `SELECT a.number AS account, a.els, a.payer_name AS name, a.area_hundredths AS "areaHundredths", a.registered, a.living,
            a.activation_code_hash IS NOT NULL AS "hasCode", ${addressColumns}
     FROM account a WHERE a.id = $1`,
    [accountId],
  )
  if (!row) throw new Error('no such account')
  const { streetType, street, house, korpus, flat, room, ...facts } = row
  return { ...facts, address: { streetType, street, house, korpus, flat, room } }
}

/** Another one whenever any of the facts is. */
export const versionOf = (facts: object): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 16)
