/** What a payment code must have, in the order in which it must come (ГОСТ Р 56042-2014): the payee, his account, his bank. */
export const mandatoryKeys = ['Name', 'PersonalAcc', 'BankName', 'BIC', 'CorrespAcc'] as const

/** The payment itself and the payee's tax numbers; written with a capital everywhere. */
const paymentKeys = ['Sum', 'Purpose', 'PayeeINN', 'KPP'] as const

/** What tells the payee whose payment it is; some banks want these keys with a small letter. `PersAcc` is the personal account. */
export const payerKeys = [
  ...(['LastName', 'FirstName', 'MiddleName', 'PayerAddress', 'PersAcc', 'PaymPeriod', 'Phone', 'Category'] as const),
  ...(['ServiceName', 'CounterId', 'CounterVal', 'QuittId', 'UIN', 'Contract', 'TechCode'] as const),
] as const

export const optionalKeys = [...paymentKeys, ...payerKeys] as const
/** All keys in the order in which they are written. */
export const allKeys = [...mandatoryKeys, ...optionalKeys] as const

export type MandatoryKey = (typeof mandatoryKeys)[number]
export type OptionalKey = (typeof optionalKeys)[number]
export type PaymentKey = MandatoryKey | OptionalKey

/** A payment order under the standard's own keys. `Sum` is whole kopecks, more than none. */
export type PaymentFields = Record<MandatoryKey, string> & Partial<Record<OptionalKey, string>>

/**
 * Why a field may not stand in a payment code: `missing`, `tooLong`, `shape` (not so many digits, or no digits), `control` (its control
 * digits, or a bank account's key, say that a digit is wrong), `encoding` (a character which the encoding does not have), `overpaid`
 * (`Sum` of an account that owes nothing and has money left).
 */
export interface FieldProblem {
  field: PaymentKey
  why: 'missing' | 'tooLong' | 'shape' | 'control' | 'encoding' | 'overpaid'
}

/** What is wrong with a field on its own, whatever the others are. */
export function fieldProblem(field: PaymentKey, value: string): FieldProblem | undefined {
  const shape = shapes[field]
  if (saysSomething.some((one) => one === field) && value.trim() === '') return { field, why: 'missing' }
  // Characters are counted, not the halves of which some consist.
  if (typeof shape === 'number') return [...value].length > shape ? { field, why: 'tooLong' } : undefined
  return shape && !shape.test(value) ? { field, why: 'shape' } : undefined
}

/** What may not be blank where it stands: money without an account or a purpose is nobody's. */
const saysSomething: readonly PaymentKey[] = [...mandatoryKeys, 'Purpose', 'PersAcc']

/** The most characters, or the pattern. Numbers of zeros only pass every control digit and are nobody's. */
const shapes: Partial<Record<PaymentKey, number | RegExp>> = {
  Name: 160,
  PersonalAcc: /^(?!0+$)\d{20}$/,
  BankName: 45,
  BIC: /^(?!0+$)\d{9}$/,
  // A single zero: the bank has no correspondent account.
  CorrespAcc: /^(?:0|(?!0+$)\d{20})$/,
  Sum: /^[1-9]\d{0,17}$/,
  // The standard has 210; readers are met that take no more than 160.
  Purpose: 160,
  PayeeINN: /^(?!0+$)(?:\d{10}|\d{12})$/,
  KPP: /^\d{4}[0-9A-Z]{2}\d{3}$/,
  TechCode: /^(?:0[1-9]|1[0-5])$/,
}
