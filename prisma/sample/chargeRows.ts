import type { TenThousandths } from '../../src/domain/money.ts'
import type { SampleLedger } from './charges.ts'
import type { SampleAccount } from './town.ts'

/** The lines of `charges_….csv`, the earliest month of an account first. */
export function chargeRows(accounts: readonly SampleAccount[], ledgers: readonly SampleLedger[]): string[][] {
  const header =
    'account_no period kind service_code service_name supplier unit volume basis tariff accrued_kop multiplier_kop recalc_kop recalc_reason benefit_kop total_kop opening_kop paid_kop penalty_kop closing_kop due_date'
  const rows = ledgers.flatMap(({ charges }, index) =>
    charges.flatMap((month) =>
      month.rows.map((row) => [
        ...[accounts[index]?.number ?? '', month.period, month.kind],
        ...[row.service, row.name, row.supplier ?? '', row.unit ?? ''],
        ...[decimal(row.volume), row.basis ?? '', decimal(row.tariff)],
        ...[row.accrued, row.multiplier, row.recalculation].map(String),
        ...[row.recalculationReason ?? '', String(row.benefit), String(row.total)],
        ...[month.opening, month.paid, month.penalty, month.closing].map(String),
        month.dueDate ?? '',
      ]),
    ),
  )
  return [header.split(' '), ...rows]
}

/** The lines of `payments_….csv`. */
export function paymentRows(accounts: readonly SampleAccount[], ledgers: readonly SampleLedger[]): string[][] {
  const header = 'payment_id account_no paid_at posted_at amount_kop channel period'
  const rows = ledgers.flatMap(({ payments }, index) =>
    payments.map(({ id, paidAt, postedAt, kopecks, channel, period }) => [
      ...[id, accounts[index]?.number ?? '', paidAt, postedAt, String(kopecks), channel, period],
    ]),
  )
  return [header.split(' '), ...rows]
}

const decimal = (value: TenThousandths | undefined) => (value === undefined ? '' : String(value / 10_000))
