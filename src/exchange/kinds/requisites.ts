import type { PaymentKey } from '../../domain/payment/fields.ts'
import type { PaymentProblem } from '../../domain/payment/payload.ts'
import { type BankAgreement, paymentCode } from '../../domain/payment/paymentCode.ts'
import { checkRequisites, type Requisites } from '../../domain/payment/requisites.ts'
import type { RowProblem } from '../problems.ts'
import type { Check, Column, Kind } from './kind.ts'
import { mergeRows } from './mergeRows.ts'

/** The columns of what stands in a payment code, by the standard's own keys. */
const columnOf: Partial<Record<PaymentKey | 'all', string>> = {
  Name: 'name',
  PersonalAcc: 'personal_acc',
  BankName: 'bank_name',
  BIC: 'bic',
  CorrespAcc: 'corresp_acc',
  PayeeINN: 'inn',
  KPP: 'kpp',
  all: '',
}

const required = true
const shown = true
const text = (name: string, max: number): Column => ({ name, type: { is: 'text', max }, shown })

/**
 * Whom charges of a kind are paid to (requisites) from `valid_from` on; `corresp_acc` of a bank that has none is 0. Only what a payment
 * code can be made of is taken: a wrong digit would send residents' money to nobody. `phone`, `address` and `site` are the payee's own, as
 * receipts print them.
 */
export const requisites: Kind = {
  name: 'requisites',
  key: ['kind', 'valid_from'],
  columns: [
    { name: 'kind', type: { is: 'word', words: { main: 'MAIN', caprem: 'CAPREM' } }, required, shown },
    { name: 'valid_from', type: { is: 'date' }, required, shown },
    { ...text('name', 160), required },
    { ...text('personal_acc', 40), required },
    { ...text('bank_name', 45), required },
    { ...text('bic', 20), required },
    { ...text('corresp_acc', 40), required },
    text('inn', 20),
    text('kpp', 20),
    { ...text('phone', 80), mayBeAbsent: true },
    { ...text('address', 200), mayBeAbsent: true },
    { ...text('site', 100), mayBeAbsent: true },
  ],
  derived: [
    { name: 'wrong', sql: 'text' },
    { name: 'of_treasury', sql: 'text' },
  ],
  derive: (cell, { agreement }) => {
    const payee = requisitesOf(cell)
    const [wrong] = problemsOf(payee, agreement)
    return [wrong ? `${wrong.column} ${wrong.problem}` : null, checkRequisites(payee).warnings[0]?.field ?? null]
  },
  checks: Object.values(columnOf).flatMap((column) =>
    (['CONTROL_DIGITS', 'BAD_REQUISITE'] as const).map(
      (problem): Check => ({
        ...{ problem, column },
        where: `wrong = '${column} ${problem}'`,
      }),
    ),
  ),
  remarks: (['PersonalAcc', 'CorrespAcc'] as const).map((field) => ({
    ...{ problem: 'TREASURY_ACCOUNT', column: columnOf[field] ?? '' },
    where: `of_treasury = '${field}'`,
  })),
  merge: (client, stamp) =>
    mergeRows(
      client,
      {
        table: 'payee',
        key: 'id',
        columns: [
          ...['kind', 'valid_from', 'name', 'personal_acc', 'bank_name', 'bic', 'corresp_acc', 'inn', 'kpp'],
          ...['phone', 'address', 'site'],
        ],
        source: `SELECT kind || ':' || valid_from AS id, kind, valid_from, name, personal_acc, bank_name, bic, corresp_acc, inn, kpp,
                        phone, address, site
                   FROM staging WHERE problem IS NULL`,
      },
      stamp,
    ),
}

function requisitesOf(cell: (column: string) => string | null): Requisites {
  const of = (column: string) => cell(column) ?? ''
  const [inn, kpp] = [cell('inn'), cell('kpp')]
  return {
    Name: of('name'),
    PersonalAcc: of('personal_acc'),
    BankName: of('bank_name'),
    BIC: of('bic'),
    CorrespAcc: of('corresp_acc'),
    ...(inn !== null && { PayeeINN: inn }),
    ...(kpp !== null && { KPP: kpp }),
  }
}

/** What keeps the shortest payment code from being made, as it is said of a row. */
function problemsOf(payee: Requisites, agreement: BankAgreement): { column: string; problem: RowProblem }[] {
  const code = paymentCode(payee, { account: '0', period: '2000-01', dueKopecks: 0, purpose: '0' }, agreement)
  const problems: PaymentProblem[] = code.ok ? [] : code.problems
  return problems.map(({ field, why }) => ({
    column: columnOf[field] ?? '',
    problem: why === 'control' ? 'CONTROL_DIGITS' : 'BAD_REQUISITE',
  }))
}
