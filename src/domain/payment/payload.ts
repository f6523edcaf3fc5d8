import { type Encoding, encodeText, encodingDigits } from './encoding.ts'
import {
  allKeys,
  type FieldProblem,
  fieldProblem,
  mandatoryKeys,
  type PaymentFields,
  type PaymentKey,
  payerKeys,
} from './fields.ts'

/** How a bank wants a payment code written. */
export interface PayloadStyle {
  encoding: Encoding
  /** `small`: `persAcc`, `category`, as utility software writes what tells the payer; the payee's keys are capitalised in either. */
  keyCase: 'capital' | 'small'
}

/**
 * What is wrong with a code as a whole: `separator` (the values hold every character that may stand between them), `mandatory` (the
 * payee's five fields are longer than 300 bytes), `capacity` (more bytes than the largest picture holds).
 */
export interface WholeProblem {
  field: 'all'
  why: 'separator' | 'mandatory' | 'capacity'
}

export type PaymentProblem = FieldProblem | WholeProblem
export type Payload = { ok: true; bytes: Uint8Array } | { ok: false; problems: PaymentProblem[] }

/**
 * The bytes of a payment code by ГОСТ Р 56042-2014: `ST0001`, the encoding's digit, the separator, then `Key=Value` joined by it,
 * nothing after the last. Values are written as they are: what cannot be so written is refused, with the field and the reason.
 */
export function writePayload(fields: PaymentFields, { encoding, keyCase }: PayloadStyle): Payload {
  const entries = allKeys.flatMap((key): Entry[] => {
    const value = fields[key]
    return value === undefined ? [] : [{ key, value }]
  })
  const problems = entries.flatMap(({ key, value }) => problemIn(key, value, encoding) ?? [])
  if (problems.length > 0) return { ok: false, problems }
  const separator = separators.find((one) => entries.every(({ value }) => !value.includes(one)))
  if (separator === undefined) return refused('separator')
  const items = entries.map(({ key, value }) => `${spelling(key, keyCase)}=${value}`)
  const mandatory = encodeText(items.slice(0, mandatoryKeys.length).join(separator), encoding)
  if (!mandatory || mandatory.length > maxMandatoryBytes) return refused('mandatory')
  const bytes = encodeText([`ST0001${encodingDigits[encoding]}`, ...items].join(separator), encoding)
  return bytes && bytes.length <= maxBytes ? { ok: true, bytes } : refused('capacity')
}

interface Entry {
  key: PaymentKey
  value: string
}

/** In the order of preference; writers and readers of this format know the same row. */
const separators = [...'|#;:^_~{}!$%&()*+,/@']
const maxMandatoryBytes = 300
/** A picture of 177 modules a side at level M. */
const maxBytes = 2331

const refused = (why: WholeProblem['why']): Payload => ({ ok: false, problems: [{ field: 'all', why }] })

function problemIn(field: PaymentKey, value: string, encoding: Encoding): FieldProblem | undefined {
  return fieldProblem(field, value) ?? (encodeText(value, encoding) ? undefined : { field, why: 'encoding' })
}

function spelling(key: PaymentKey, keyCase: PayloadStyle['keyCase']): string {
  const isSmall = keyCase === 'small' && key !== 'UIN' && payerKeys.some((one) => one === key)
  return isSmall ? key.charAt(0).toLowerCase() + key.slice(1) : key
}
