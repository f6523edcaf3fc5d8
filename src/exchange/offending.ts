import type { CellType } from './cell.ts'

/**
 * Whether a value that a column refuses may be shown as it stands: a date, a number or a word of a short list that was written wrongly.
 * When a row has slipped by a cell it is a name, an account's number or an activation code that stands there: what has the shape
 * of one is not shown, whatever the column. Texts, account numbers and hashes never are.
 */
export function mayBeShown(type: CellType, text: string): boolean {
  if (type.is === 'text' || type.is === 'account' || type.is === 'hash') return false
  if (text.length > 30 || /\d{9}/.test(text.replace(/[\s-]/g, '')) || looksLikeCode(text)) return false
  return type.is === 'word' ? /^\s*\S{1,15}\s*$/.test(text) : !/\p{Lu}\p{L}{2}/u.test(text)
}

/** KX4M-0001, also without the dash: eight places of capitals and digits, at least one of either. */
const looksLikeCode = (text: string) => /(?=\S*[A-Z])(?=\S*\d)\b[A-Z\d]{4}-?[A-Z\d]{4}\b/.test(text)
