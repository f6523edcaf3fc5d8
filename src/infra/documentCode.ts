import { createHmac } from 'node:crypto'
import { foldedCode } from '../domain/activationCode.ts'
import type { DrawnDocument } from '../domain/documents/drawn.ts'

/** Without what is taken for something else when it is read aloud or typed over; as codes are folded, none of them becomes another. */
const letters = '23456789ACDEFGHJKMNPQRTUVWXY'

/**
 * The code by which staff can tell that a document of this number is ours and says what the table says: two groups of four. Keyed, so that a number
 * alone makes no document; bound to all that was certified, so that a row altered behind our back is found out too.
 */
export function documentCode(document: DrawnDocument, hashKey: string): string {
  const { number, kind, accountId, months, shows, language, asOf, drawnOn, validUntil, digest, figures } = document
  const owed = figures.map(({ kind: of, kopecks }) => `${of} ${kopecks}`)
  const said = [
    ...['document', number, kind, accountId, months?.from ?? '', months?.to ?? '', shows, language],
    ...[asOf, drawnOn, validUntil, digest, ...owed],
  ]
  const mac = createHmac('sha256', hashKey).update(said.join('\n')).digest()
  const drawn = Array.from(mac.subarray(0, 8), (byte) => letters[byte % letters.length])
  return `${drawn.slice(0, 4).join('')}-${drawn.slice(4).join('')}`
}

/** A code as it was typed over: separators, small letters and look-alikes do not matter. */
export const isCodeOf = (document: DrawnDocument, given: string, hashKey: string): boolean =>
  foldedCode(given) === foldedCode(documentCode(document, hashKey))
