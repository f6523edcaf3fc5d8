import { rowTotal } from '../../domain/charges/charges.ts'
import type { CellType } from '../cell.ts'
import type { Column, Kind } from './kind.ts'
import { knownAccount } from './knownAccount.ts'
import { mergeMonths, monthKey, wrongClosing } from './mergeMonths.ts'
import { canonicalUnit } from './unit.ts'

const rowSum: CellType = { is: 'integer', from: -1e12, to: 1e12 }
const balance: CellType = { is: 'integer', from: -1e13, to: 1e13 }
const shown = true
const repeated = ['opening_kop', 'paid_kop', 'penalty_kop', 'closing_kop', 'due_date']

/**
 * Charges (начисления): the lines of an account's month of a kind, with the month's balances on each. A month is loaded whole, in place of
 * what was known of it, or not at all: a line that is bad keeps its month out. Figures that do not add up are loaded as they are
 * and remarked upon. An empty sum is none, but for those that every line has.
 */
export const charges: Kind = {
  name: 'charges',
  sum: 'total_kop',
  key: [
    ...([...monthKey, 'service_code', 'supplier', 'unit', 'volume', 'basis', 'tariff'] as const),
    ...['accrued_kop', 'multiplier_kop', 'recalc_kop', 'recalc_reason', 'benefit_kop', 'total_kop'],
  ],
  whole: monthKey,
  columns: [
    { name: 'account_no', type: { is: 'account' }, required: true },
    { name: 'period', type: { is: 'period' }, required: true, shown },
    { name: 'kind', type: { is: 'word', words: { main: 'MAIN', caprem: 'CAPREM' } }, required: true, shown },
    { name: 'service_code', type: { is: 'text', max: 20 }, required: true, shown },
    { name: 'service_name', type: { is: 'text', max: 200 }, required: true, shown },
    { name: 'supplier', type: { is: 'text', max: 200 }, shown },
    { name: 'unit', type: { is: 'text', max: 20 }, shown },
    { name: 'volume', type: { is: 'decimal', scale: 4, digits: 9, scaled: true, signed: true }, shown },
    { name: 'basis', type: { is: 'text', max: 40 }, shown },
    { name: 'tariff', type: { is: 'decimal', scale: 4, digits: 9, scaled: true }, shown },
    { name: 'accrued_kop', type: rowSum, required: true, shown },
    { name: 'multiplier_kop', type: rowSum, shown },
    { name: 'recalc_kop', type: rowSum, shown },
    { name: 'recalc_reason', type: { is: 'text', max: 200 } },
    { name: 'benefit_kop', type: rowSum, shown },
    { name: 'total_kop', type: rowSum, required: true, shown },
    { name: 'opening_kop', type: balance, required: true },
    { name: 'paid_kop', type: balance },
    { name: 'penalty_kop', type: balance },
    { name: 'closing_kop', type: balance, required: true },
    { name: 'due_date', type: { is: 'date' }, shown },
  ] satisfies Column[],
  derived: [
    { name: 'canonical_unit', sql: 'text' },
    { name: 'wrong_total', sql: 'boolean' },
  ],
  derive: (cell) => {
    const kopecks = (name: string) => Number(cell(name) ?? 0)
    const total = rowTotal({
      accrued: kopecks('accrued_kop'),
      multiplier: kopecks('multiplier_kop'),
      recalculation: kopecks('recalc_kop'),
      benefit: kopecks('benefit_kop'),
    })
    const unit = cell('unit')
    return [unit && canonicalUnit(unit), total === kopecks('total_kop') ? 'f' : 't']
  },
  checks: [
    knownAccount,
    {
      problem: 'NOT_REPEATED',
      column: '',
      where: `line IN (SELECT line FROM (
                SELECT line, (${repeated.join(', ')}) IS DISTINCT FROM (${repeated.map((name) => `first_value(${name}) OVER month`).join(', ')}) AS other
                  FROM staging WHERE problem IS NULL WINDOW month AS (PARTITION BY ${monthKey.join(', ')} ORDER BY line)) d WHERE other)`,
    },
  ],
  remarks: [
    { problem: 'SUM_MISMATCH', column: 'total_kop', where: 'wrong_total' },
    { problem: 'SUM_MISMATCH', column: 'closing_kop', where: wrongClosing },
  ],
  merge: mergeMonths,
}
