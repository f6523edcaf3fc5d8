import type { AddressParts } from '../../domain/address/parts.ts'
import type { Charges } from '../../domain/charges/charges.ts'
import { type Balance, type Standing, standingOf } from '../../domain/charges/standing.ts'
import { addMonths, type LocalDate, localDateOf } from '../../domain/localDate.ts'
import type { MeterOnHand } from '../../domain/meter.ts'
import { entersPeriod, type Period } from '../../domain/period.ts'
import type { Rules } from '../../domain/rules.ts'
import type { Sql } from '../../infra/database.ts'
import { chargedPeriods, chargesBetween, type PaymentMade, paymentsBetween } from '../../queries/charges.ts'
import { addressColumns } from '../../queries/columns.ts'
import { metersOf } from '../../queries/meters.ts'

/** An open account that a resident has linked. `proof`: how he showed that it is his; `name` is his own word for it. */
export interface CardAccount {
  id: number
  number: string
  address: Required<AddressParts>
  proof: 'address' | 'code'
  /** ISO. */
  linkedAt: string
  name?: string
  payer?: string
  balance?: Balance
}

/** What we know of one account: the months the latest first, the payments too. */
export interface AccountDetails {
  standing: Standing
  months: ChargedMonth[]
  payments: PaymentMade[]
  meters: MeterOnHand[]
}

/** A month's charges of all kinds. */
export interface ChargedMonth {
  period: Period
  charges: Charges[]
}

const mostMonths = 6
const mostPayments = 4

/** The one that is asked about first, then in the order in which they were linked. */
export async function cardAccounts(sql: Sql, residentId: string, first: number | undefined): Promise<CardAccount[]> {
  const rows = await sql<AccountRow>(
    'card.accounts',
    `SELECT a.id, a.number, l.proof, l.linked_at AS "linkedAt", l.name, a.payer_name AS payer,
            a.balance_kopecks::float8 AS kopecks, a.balance_at::text AS at, ${addressColumns}
     FROM link l JOIN account a ON a.id = l.account_id
     WHERE l.resident_id = $1::uuid AND l.removed_at IS NULL AND a.open
     ORDER BY a.id IS NOT DISTINCT FROM $2::int DESC, l.linked_at, a.id`,
    [residentId, first ?? null],
  )
  return rows.map(({ id, number, proof, linkedAt, name, payer, kopecks, at, ...address }) => ({
    ...{ id, number, address, proof, linkedAt: linkedAt.toISOString() },
    ...(name !== null && { name }),
    ...(payer !== null && { payer }),
    ...(kopecks !== null && { balance: { kopecks, ...(at !== null && { at }) } }),
  }))
}

export async function accountDetails(
  sql: Sql,
  { id, balance }: CardAccount,
  now: Date,
  { timeZone, readingsWindow }: Pick<Rules, 'timeZone' | 'readingsWindow'>,
): Promise<AccountDetails> {
  const today = localDateOf(now, timeZone)
  const periods = (await chargedPeriods(sql, id)).slice(0, mostMonths)
  const [last, first] = [periods.at(0), periods.at(-1)]
  const charges = last && first ? await chargesBetween(sql, id, first, last) : []
  const of = (period: Period | undefined) => charges.filter((each) => each.period === period)
  const payments = await paymentsBetween(sql, id, addMonths(today, -mostMonths), today)
  const { meters } = await metersOf(sql, { accountId: id, period: entersPeriod(today, readingsWindow).period })
  return {
    standing: standingOf(balance, of(last), today),
    months: periods.map((period) => ({ period, charges: of(period) })),
    payments: payments.slice(0, mostPayments),
    meters,
  }
}

interface AccountRow extends Required<AddressParts> {
  id: number
  number: string
  proof: 'address' | 'code'
  linkedAt: Date
  name: string | null
  payer: string | null
  kopecks: number | null
  at: LocalDate | null
}
