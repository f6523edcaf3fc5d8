import { createHash } from 'node:crypto'

/** A UUID that is the same whenever it is made of the same words (version 8: of our own making). */
export function hashedId(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
