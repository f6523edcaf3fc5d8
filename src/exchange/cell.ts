import { normaliseAccount } from '../domain/accountNumber.ts'
import type { RowProblem } from './problems.ts'

/**
 * How a cell of a column is read.
 * `decimal` with `scaled` is kept as an integer of its last places (area_m2 54.30 → 5430). `account` is a personal account's
 * number of at most 20 characters, leading zeros kept. `hash` is 64 hexadecimal digits. `time` is a time of day, kept as HH:MM.
 */
export type CellType =
  | { is: 'text'; max: number }
  | { is: 'account' }
  | { is: 'hash' }
  | { is: 'word'; words: Readonly<Record<string, string>> }
  | { is: 'integer'; from: number; to: number }
  | { is: 'decimal'; scale: number; digits: number; scaled?: true; signed?: true }
  | { is: 'date' }
  | { is: 'instant' }
  | { is: 'period' }
  | { is: 'time' }

/** A cell as PostgreSQL's COPY takes it; null is unknown (an empty cell). */
export type Cell = { value: string | null } | { problem: RowProblem }

/** Reads one cell. Spaces around and within are made single and plain first: files bring no-break and doubled ones. */
export function readCell(type: CellType, raw: string): Cell {
  const text = raw.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (text === '') return { value: null }
  switch (type.is) {
    case 'text':
      return text.length > type.max ? { problem: 'TOO_LONG' } : { value: text }
    case 'account':
      return readCell({ is: 'text', max: 20 }, normaliseAccount(text))
    case 'hash':
      return found(/^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : undefined, 'BAD_VALUE')
    case 'word':
      return found(type.words[text.toLowerCase()], 'BAD_VALUE')
    case 'integer':
      return found(integer(text, type.from, type.to), 'BAD_NUMBER')
    case 'decimal':
      return found(decimal(text, type), 'BAD_NUMBER')
    case 'date':
      return found(date(text), 'BAD_DATE')
    case 'instant':
      return found(instant(text), 'BAD_DATE')
    case 'time':
      return found(timeOfDay(text), 'BAD_DATE')
    case 'period':
      return /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(text) ? { value: text } : { problem: 'BAD_DATE' }
  }
}

const found = (value: string | undefined, problem: RowProblem): Cell => (value === undefined ? { problem } : { value })

/** `1 234,56`, `-1 234.5`, `1234`. A number with both a dot and a comma could be two numbers and is refused. */
function plainNumber(text: string): { minus: boolean; whole: string; fraction: string } | undefined {
  const match = /^([+\-−]?) ?(\d+|\d{1,3}(?: \d{3})+)(?:[.,](\d*))?$/.exec(text)
  if (!match) return undefined
  const whole = (match[2] ?? '').replaceAll(' ', '').replace(/^0+(?=\d)/, '')
  return { minus: match[1] === '-' || match[1] === '−', whole, fraction: (match[3] ?? '').replace(/0+$/, '') }
}

function integer(text: string, from: number, to: number): string | undefined {
  const number = plainNumber(text)
  if (number?.fraction !== '' || number.whole.length > 15) return undefined
  const value = Number(number.whole) * (number.minus ? -1 : 1)
  return value >= from && value <= to ? String(value === 0 ? 0 : value) : undefined
}

function decimal(text: string, type: CellType & { is: 'decimal' }): string | undefined {
  const number = plainNumber(text)
  if (!number || number.fraction.length > type.scale || number.whole.length > type.digits) return undefined
  if (number.minus && !type.signed) return undefined
  const fraction = number.fraction.padEnd(type.scale, '0')
  const sign = number.minus ? '-' : ''
  if (type.scaled) return `${sign}${`${number.whole}${fraction}`.replace(/^0+(?=\d)/, '')}`
  return `${sign}${number.whole}.${fraction}`
}

/** YYYY-MM-DD or DD.MM.YYYY, a day that the calendar has. */
function date(text: string): string | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(text)
  if (!match) return undefined
  const parts = text[2] === '.' ? [match[3], match[2], match[1]] : match.slice(1)
  const iso = parts.join('-')
  const day = new Date(`${iso}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== iso) return undefined
  return iso >= '1900-01-01' && iso < '2200-01-01' ? iso : undefined
}

/** `9:00`, `09:00` or `09:00:00`. */
function timeOfDay(text: string): string | undefined {
  const [, hour = '', minute = ''] = /^(\d{1,2}):([0-5]\d)(?::00)?$/.exec(text) ?? []
  return hour !== '' && Number(hour) < 24 ? `${hour.padStart(2, '0')}:${minute}` : undefined
}

/** An ISO instant with a zone (`2026-10-20T08:15:00Z`), or a date, which is that day's first moment in UTC. */
function instant(text: string): string | undefined {
  const day = date(text)
  if (day) return `${day}T00:00:00Z`
  const shape = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)$/
  const at = shape.test(text) && date(text.slice(0, 10)) ? new Date(text.replace(' ', 'T')) : undefined
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined
}
