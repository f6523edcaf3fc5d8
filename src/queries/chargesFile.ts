import { createHash } from 'node:crypto'
import { maskAccount } from '../domain/accountNumber.ts'
import { addDays } from '../domain/localDate.ts'
import { nextPeriod, type Period } from '../domain/period.ts'
import type { Sql } from '../infra/database.ts'
import { type ChargeMonth, chargesBetween, type PaymentMade, paymentsBetween } from './charges.ts'

/** What a picture shows of an account. `version` is another one whenever any of it is. */
export interface ChargesPicture {
  months: ChargeMonth[]
  version: string
}

/** What a file of charges and payments holds, the payments by the payer's day, the latest first. `number` shows its end only. */
export interface ChargesFile extends ChargesPicture {
  number: string
  payments: PaymentMade[]
}

export async function chargesPicture(sql: Sql, accountId: number, from: Period, to: Period): Promise<ChargesPicture> {
  const months = await chargesBetween(sql, accountId, from, to)
  return { months, version: versionOf(months) }
}

/** The months from `from` to `to`, both included. Nothing of an account that is not there. */
export async function chargesFile(
  sql: Sql,
  accountId: number,
  from: Period,
  to: Period,
): Promise<ChargesFile | undefined> {
  const [[account], months, payments] = await Promise.all([
    sql<{ number: string }>('queries.number', 'SELECT number FROM account WHERE id = $1', [accountId]),
    chargesBetween(sql, accountId, from, to),
    paymentsBetween(sql, accountId, `${from}-01`, addDays(`${nextPeriod(to)}-01`, -1)),
  ])
  if (!account) return undefined
  const facts = { number: maskAccount(account.number), months, payments }
  return { ...facts, version: versionOf(facts) }
}

const versionOf = (facts: unknown): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 16)
