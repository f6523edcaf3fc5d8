import type { Period } from '../period.ts'
import { type OptionalKey, optionalKeys, type PaymentFields, type payerKeys } from './fields.ts'
import { type Payload, type PayloadStyle, writePayload } from './payload.ts'
import { checkRequisites, type Requisites } from './requisites.ts'

/** What is to be paid. */
export interface Bill {
  /** The personal account (лицевой счёт). */
  account: string
  period: Period
  /** Kopecks; less than none when the account is overpaid. */
  dueKopecks: number
  /** What the payment is for, at most 160 characters, as the bank will show it. */
  purpose: string
  /** The payer's name and address as far as they may be shown, the bank's `Category` and the like. Blank ones are left out. */
  further?: Partial<Record<Exclude<(typeof payerKeys)[number], 'PersAcc' | 'PaymPeriod' | 'TechCode'>, string>>
}

/** What is agreed with the bank about codes; a bank decides which of the optional keys it needs. */
export interface BankAgreement extends PayloadStyle {
  /** The optional keys the bank takes; all we have when not said. The sum is always told. */
  keys?: readonly OptionalKey[]
  /** How `PaymPeriod` is spelt, with `MM`, `YYYY` and `YY` in it. */
  period: string
}

export const usualAgreement: BankAgreement = { encoding: 'utf-8', keyCase: 'capital', period: 'MMYYYY' }

/**
 * The bytes of the QR code by which a bank's application fills in a payment to an account in a bank (not an СБП code). The sum is told
 * when something is due; an overpaid account (`Sum`, `overpaid`) has no code, nor have requisites that are wrong.
 */
export function paymentCode(requisites: Requisites, bill: Bill, agreement: BankAgreement = usualAgreement): Payload {
  if (bill.dueKopecks < 0) return { ok: false, problems: [{ field: 'Sum', why: 'overpaid' }] }
  const { problems } = checkRequisites(requisites)
  if (problems.length > 0) return { ok: false, problems }
  return writePayload(fieldsOf(requisites, bill, agreement), agreement)
}

function fieldsOf(requisites: Requisites, bill: Bill, { keys, period }: BankAgreement): PaymentFields {
  const { Name, PersonalAcc, BankName, BIC, CorrespAcc, ...taxNumbers } = requisites
  const optional: Partial<Record<OptionalKey, string>> = {
    ...withoutBlank(bill.further ?? {}),
    ...taxNumbers,
    Purpose: bill.purpose,
    PersAcc: bill.account,
    PaymPeriod: spelt(bill.period, period),
    TechCode: housingAndUtilities,
  }
  const fields: PaymentFields = { Name, PersonalAcc, BankName, BIC, CorrespAcc }
  for (const key of keys ?? optionalKeys) {
    const value = optional[key]
    if (value !== undefined) fields[key] = value
  }
  return bill.dueKopecks === 0 ? fields : { ...fields, Sum: String(bill.dueKopecks) }
}

const withoutBlank = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''))

/** The technical code of payments for housing and utilities. */
const housingAndUtilities = '02'

function spelt(period: Period, spelling: string): string {
  const [year = '', month = ''] = period.split('-')
  return spelling.replace('YYYY', year).replace('YY', year.slice(-2)).replace('MM', month)
}
