import { expect, test } from 'vitest'
import { type CellType, readCell } from '../../src/exchange/cell.ts'

const text: CellType = { is: 'text', max: 10 }
const whole: CellType = { is: 'integer', from: -1000, to: 1000 }
const volume: CellType = { is: 'decimal', scale: 3, digits: 5 }
const area: CellType = { is: 'decimal', scale: 2, digits: 5, scaled: true }
const day: CellType = { is: 'date' }

test.each<[string, CellType, string, ReturnType<typeof readCell>]>([
  ['an empty cell is unknown', text, '', { value: null }],
  ['so is a cell of spaces', whole, ' \u00A0', { value: null }],
  ['spaces become single and plain', text, '  8\u00A0 Марта ', { value: '8 Марта' }],
  ['letters are composed', text, 'Крауля и\u0306', { value: 'Крауля й' }],
  ['a text has a longest length', text, 'Белинского 1', { problem: 'TOO_LONG' }],
  ['a number of an account keeps its zeros', { is: 'account' }, '00 12-34', { value: '001234' }],
  ['a number of an account has 20 characters', { is: 'account' }, '1'.repeat(21), { problem: 'TOO_LONG' }],
  ['whole numbers may be grouped', whole, '1 000', { value: '1000' }],
  ['whole numbers may have zero decimals', whole, '5,00', { value: '5' }],
  ['minus may be typographic', whole, '−5', { value: '-5' }],
  ['there is no minus zero', whole, '-0', { value: '0' }],
  ['a fraction is no whole number', whole, '5.5', { problem: 'BAD_NUMBER' }],
  ['a whole number has bounds', whole, '1001', { problem: 'BAD_NUMBER' }],
  ['letters are no number', whole, '1e3', { problem: 'BAD_NUMBER' }],
  ['groups of two are no number', whole, '12 34', { problem: 'BAD_NUMBER' }],
  ['a decimal comma', volume, '418,95', { value: '418.950' }],
  ['a decimal point', volume, '418.95', { value: '418.950' }],
  ['a no-break space between thousands', volume, '1\u00A0234,56', { value: '1234.560' }],
  ['a thin no-break space between thousands', volume, '1\u202F234,56', { value: '1234.560' }],
  ['comma and point together could be two numbers', volume, '1,234.56', { problem: 'BAD_NUMBER' }],
  ['a fourth decimal would have to be cut', volume, '1.2345', { problem: 'BAD_NUMBER' }],
  ['a fourth decimal that is zero would not', volume, '1.2340', { value: '1.234' }],
  ['a dial does not go below zero', volume, '-1', { problem: 'BAD_NUMBER' }],
  ['a number has a largest size', volume, '123456', { problem: 'BAD_NUMBER' }],
  ['an area is kept in hundredths', area, '54,3', { value: '5430' }],
  ['a small area too', area, '0,05', { value: '5' }],
  ['an ISO date', day, '2026-10-31', { value: '2026-10-31' }],
  ['a date with points', day, '31.10.2026', { value: '2026-10-31' }],
  ['29 February of a leap year', day, '29.02.2028', { value: '2028-02-29' }],
  ['29 February of another year', day, '29.02.2026', { problem: 'BAD_DATE' }],
  ['month and day exchanged', day, '10/31/2026', { problem: 'BAD_DATE' }],
  ['a day without a year', day, '31.10.26', { problem: 'BAD_DATE' }],
  ['a period', { is: 'period' }, '2026-10', { value: '2026-10' }],
  ['a period of the 13th month', { is: 'period' }, '2026-13', { problem: 'BAD_DATE' }],
  ['a time', { is: 'time' }, '9:05', { value: '09:05' }],
  ['a time with seconds', { is: 'time' }, '09:05:00', { value: '09:05' }],
  ['a time after midnight', { is: 'time' }, '24:00', { problem: 'BAD_DATE' }],
  ['an instant', { is: 'instant' }, '2026-10-20T13:15:00+05:00', { value: '2026-10-20T08:15:00.000Z' }],
  ['an instant without a zone', { is: 'instant' }, '2026-10-20T13:15:00', { problem: 'BAD_DATE' }],
  ['an instant on a day there is not', { is: 'instant' }, '2026-02-30T13:15:00Z', { problem: 'BAD_DATE' }],
  ['one of the words, in any case', { is: 'word', words: { open: 't' } }, 'Open', { value: 't' }],
  ['none of the words', { is: 'word', words: { open: 't' } }, 'закрыт', { problem: 'BAD_VALUE' }],
  ['a hash', { is: 'hash' }, 'AB'.repeat(32), { value: 'ab'.repeat(32) }],
  ['half a hash', { is: 'hash' }, 'ab'.repeat(16), { problem: 'BAD_VALUE' }],
])('reads a cell: %s', (_, type, raw, read) => {
  expect(readCell(type, raw)).toEqual(read)
})
