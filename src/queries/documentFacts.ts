import type { DocumentFacts, DocumentPayment } from '../domain/documents/judge.ts'
import type { DrawnKind } from '../domain/documents/kinds.ts'
import { addDays, type LocalDate } from '../domain/localDate.ts'
import { nextPeriod, type Period } from '../domain/period.ts'
import type { Sql } from '../infra/database.ts'
import { balanceOf, chargesBetween, paymentsBetween } from './charges.ts'
import { payeesOn } from './payees.ts'
import { payerOf, toPay, versionOf } from './receipts.ts'

/** What a document is asked of: the months from one to another, both included; a certificate of debt is of none. */
export interface AskedOf {
  kind: DrawnKind
  months?: { from: Period; to: Period } | undefined
}

/** `digest`: another one whenever any of the facts is. */
export type DigestedFacts = DocumentFacts & { digest: string }

/** What a document of an account would be drawn of on a day. */
export async function documentFacts(
  sql: Sql,
  accountId: number,
  { kind, months }: AskedOf,
  day: LocalDate,
): Promise<DigestedFacts> {
  const facts =
    kind === 'debt' || !months ? await lately(sql, accountId, day) : await between(sql, accountId, months, day)
  return { ...facts, digest: versionOf(facts) }
}

/** The payments are those that came, or were taken back, after the day of the balance. */
async function lately(sql: Sql, accountId: number, day: LocalDate): Promise<DocumentFacts> {
  const { version: _, ...known } = await toPay(sql, accountId, day)
  const { balance } = known
  return { ...known, payments: balance?.at === undefined ? [] : await paymentsAfter(sql, accountId, balance.at) }
}

async function between(
  sql: Sql,
  accountId: number,
  { from, to }: { from: Period; to: Period },
  day: LocalDate,
): Promise<DocumentFacts> {
  const balance = await balanceOf(sql, accountId)
  return {
    payer: await payerOf(sql, accountId),
    payees: await payeesOn(sql, day),
    ...(balance && { balance }),
    months: await chargesBetween(sql, accountId, from, to),
    payments: await paymentsBetween(sql, accountId, `${from}-01`, addDays(`${nextPeriod(to)}-01`, -1)),
  }
}

async function paymentsAfter(sql: Sql, accountId: number, day: LocalDate): Promise<DocumentPayment[]> {
  const rows = await sql<{ paidAt: LocalDate; postedAt: LocalDate | null; kopecks: number }>(
    'queries.paymentsAfter',
    `SELECT paid_at::text AS "paidAt", posted_at::text AS "postedAt", amount_kopecks::float8 AS kopecks
     FROM payment WHERE account_id = $1 AND (paid_at > $2::date OR posted_at > $2::date) ORDER BY paid_at, id`,
    [accountId, day],
  )
  return rows.map(({ postedAt, ...payment }) => ({ ...payment, ...(postedAt !== null && { postedAt }) }))
}
