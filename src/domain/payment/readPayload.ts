import { decodeText, type Encoding, encodingDigits } from './encoding.ts'
import { allKeys, mandatoryKeys, type PaymentFields, type PaymentKey } from './fields.ts'

/** A payment code that was read: the fields we know, and under their own keys as written (`others`) those we do not. */
export type ReadPayload =
  | { ok: true; encoding: Encoding; separator: string; fields: PaymentFields; others: ReadonlyMap<string, string> }
  | { ok: false; why: PayloadFault }

/**
 * Why bytes are no payment code: `head` (not `ST0001`, or no separator after it), `encoding` (one we do not read, or bytes that are no
 * text in it), `item` (not `Key=Value`), `twice` (a key), `order` (the payee's five fields do not stand first, in order).
 */
export type PayloadFault = 'head' | 'encoding' | 'item' | 'twice' | 'order'

/** Reads ГОСТ Р 56042-2014 as kindly as others' codes need: keys in any case, one separator too many at the end. Values stay as they are. */
export function readPayload(bytes: Uint8Array): ReadPayload {
  const head = /^ST0001(.)([^\p{L}\d=])$/su.exec(decodeText(bytes.subarray(0, headBytes), 'utf-8') ?? '')
  const [digit, separator] = [head?.[1], head?.[2]]
  if (digit === undefined || separator === undefined) return { ok: false, why: 'head' }
  const encoding = encodings.find((one) => encodingDigits[one] === digit)
  const text = encoding && decodeText(bytes.subarray(headBytes), encoding)
  if (encoding === undefined || text === undefined) return { ok: false, why: 'encoding' }

  const items = (text.endsWith(separator) ? text.slice(0, -1) : text).split(separator).map(itemOf)
  if (items.some(({ key }) => key === '')) return { ok: false, why: 'item' }
  if (new Set(items.map(({ known, key }) => known ?? key)).size < items.length) return { ok: false, why: 'twice' }
  if (!mandatoryKeys.every((key, index) => items[index]?.known === key)) return { ok: false, why: 'order' }

  const fields: PaymentFields = { Name: '', PersonalAcc: '', BankName: '', BIC: '', CorrespAcc: '' }
  const others = new Map<string, string>()
  for (const { key, known, value } of items) {
    if (known) fields[known] = value
    else others.set(key, value)
  }
  return { ok: true, encoding, separator, fields, others }
}

const headBytes = 8
const encodings: readonly Encoding[] = ['windows-1251', 'utf-8']
const keysByName = new Map(allKeys.map((key) => [key.toLowerCase(), key]))

function itemOf(item: string): { key: string; known: PaymentKey | undefined; value: string } {
  const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(item) ?? []
  return { key, known: keysByName.get(key.toLowerCase()), value }
}
