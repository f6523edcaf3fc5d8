import type { ChargeKind, ChargeRow, Charges, Mismatch } from '../domain/charges/charges.ts'
import type { Balance } from '../domain/charges/standing.ts'
import type { LocalDate } from '../domain/localDate.ts'
import type { Kopecks } from '../domain/money.ts'
import type { Period } from '../domain/period.ts'
import type { Sql } from '../infra/database.ts'

/** A month's charges of one kind; `version` is another one whenever the billing has said anything else of the month. */
export interface ChargeMonth extends Charges {
  version: string
}

/** A payment the billing has received; a reversal is negative. */
export interface PaymentMade {
  paidAt: LocalDate
  postedAt?: LocalDate
  kopecks: Kopecks
  channel?: 'FRISBI' | 'BANK' | 'POST' | 'ONLINE'
  period?: Period
}

/** The months from `from` to `to`, both included, the earliest first; of a month MAIN before CAPREM. */
export async function chargesBetween(sql: Sql, accountId: number, from: Period, to: Period): Promise<ChargeMonth[]> {
  const rows = await sql<MonthRow>('queries.charges', months, [accountId, from, to])
  return rows.map(({ dueDate, rows: lines, ...month }) => ({
    ...month,
    ...(dueDate !== null && { dueDate }),
    rows: lines.map(present),
  }))
}

/** The months of which the billing has sent charges, the latest first. */
export async function chargedPeriods(sql: Sql, accountId: number): Promise<Period[]> {
  const rows = await sql<{ period: Period }>(
    'queries.chargedPeriods',
    'SELECT DISTINCT period FROM charge_month WHERE account_id = $1 ORDER BY period DESC',
    [accountId],
  )
  return rows.map(({ period }) => period)
}

/** Nothing while the billing has told no balance. */
export async function balanceOf(sql: Sql, accountId: number): Promise<Balance | undefined> {
  const [row] = await sql<{ kopecks: number | null; at: LocalDate | null }>(
    'queries.balance',
    'SELECT balance_kopecks::float8 AS kopecks, balance_at::text AS at FROM account WHERE id = $1',
    [accountId],
  )
  if (row === undefined || row.kopecks === null) return undefined
  return { kopecks: row.kopecks, ...(row.at !== null && { at: row.at }) }
}

/** Payments by the payer's day, from `from` to `to`, both included, the latest first. */
export async function paymentsBetween(
  sql: Sql,
  accountId: number,
  from: LocalDate,
  to: LocalDate,
): Promise<PaymentMade[]> {
  const rows = await sql<
    { [Key in keyof PaymentMade]-?: PaymentMade[Key] | null } & Pick<PaymentMade, 'paidAt' | 'kopecks'>
  >(
    'queries.payments',
    `SELECT paid_at::text AS "paidAt", posted_at::text AS "postedAt", amount_kopecks::float8 AS kopecks, channel, period
     FROM payment WHERE account_id = $1 AND paid_at BETWEEN $2::date AND $3::date ORDER BY paid_at DESC, id DESC`,
    [accountId, from, to],
  )
  return rows.map(present)
}

interface MonthRow {
  period: Period
  kind: ChargeKind
  opening: Kopecks
  paid: Kopecks
  penalty: Kopecks
  closing: Kopecks
  dueDate: LocalDate | null
  mismatches: Mismatch[]
  version: string
  rows: { [Key in keyof ChargeRow]: ChargeRow[Key] | null }[]
}

/** What the database does not know is left out. */
const present = <Row extends object>(row: Row) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as {
    [Key in keyof Row]: Exclude<Row[Key], null>
  }

const months = `
SELECT m.period, m.kind, m.opening_kopecks::float8 AS opening, m.paid_kopecks::float8 AS paid, m.penalty_kopecks::float8 AS penalty,
       m.closing_kopecks::float8 AS closing, m.due_date::text AS "dueDate", m.mismatches, m.digest::text AS version,
       coalesce(lines.rows, '[]') AS rows
FROM charge_month m
CROSS JOIN LATERAL (
  SELECT jsonb_agg(jsonb_build_object('service', c.service, 'name', c.name, 'supplier', c.supplier, 'unit', c.unit, 'volume', c.volume,
           'basis', c.basis, 'tariff', c.tariff, 'accrued', c.accrued_kopecks, 'multiplier', c.multiplier_kopecks,
           'recalculation', c.recalculation_kopecks, 'recalculationReason', c.recalculation_reason, 'benefit', c.benefit_kopecks,
           'total', c.total_kopecks) ORDER BY c.ordinal) AS rows
  FROM charge c WHERE c.month_id = m.id
) lines
WHERE m.account_id = $1 AND m.period BETWEEN $2 AND $3
ORDER BY m.period, m.kind = 'CAPREM'`
