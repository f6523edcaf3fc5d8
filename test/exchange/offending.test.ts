import { expect, test } from 'vitest'
import type { CellType } from '../../src/exchange/cell.ts'
import { mayBeShown } from '../../src/exchange/offending.ts'

const number: CellType = { is: 'integer', from: 0, to: 1000 }
const date: CellType = { is: 'date' }
const word: CellType = { is: 'word', words: { open: 't', closed: 'f' } }

test.each<[string, CellType]>([
  ['31.02.2026', date],
  ['2026-1O-20', date],
  ['н/д', date],
  ['нет данных', date],
  ['12руб', number],
  ['1,234.56', number],
  ['закрыт', word],
  ['OPEN!', word],
])('a value written wrongly is shown: %s', (text, type) => {
  expect(mayBeShown(type, text)).toBe(true)
})

test.each<[string, string, CellType]>([
  ['a name', 'Кедрова Вера', word],
  ['a name', 'Кедрова', date],
  ['a name in capitals', 'КЕДРОВА', number],
  ['a street', 'Мира', number],
  ['an account', '6600000017', number],
  ['an account with spaces', '660 000 001 7', date],
  ['a code', 'KX4M-0001', date],
  ['a code without its dash', 'KX4M0001', word],
  ['a text', 'м3', { is: 'text', max: 1 }],
  ['an account of a wrong length', '66', { is: 'account' }],
])('what may have slipped over from another cell is not shown: %s', (_, text, type) => {
  expect(mayBeShown(type, text)).toBe(false)
})
