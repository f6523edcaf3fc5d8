import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { chargesCsv } from '../../src/files/charges/csv.ts'
import type { ChargesFacts } from '../../src/files/charges/facts.ts'
import { csvOf } from '../../src/files/csv.ts'
import { month, workedLines } from '../domain/charges/months.ts'
import { sayIn } from './say.ts'

const march = month(workedLines, { opening: 521_037, paid: 500_000, penalty: 341 })
const facts: ChargesFacts = {
  ...{ from: '2026-03', to: '2026-03', number: '••••4567' },
  months: [march, month([{ service: 'CAPREM', accrued: '1021.38' }], { kind: 'CAPREM', opening: -10_000 })],
  payments: [
    { paidAt: '2026-03-12', postedAt: '2026-03-15', kopecks: 500_000, channel: 'FRISBI', period: '2026-02' },
    { paidAt: '2026-03-02', kopecks: -100_050 },
  ],
}

const readAs = (bytes: Uint8Array): string[][] =>
  parse(Buffer.from(bytes), { delimiter: ';', bom: true, relax_column_count: true, skip_empty_lines: false })

test('a table opens in a Russian Excel: a mark, semicolons, CRLF, decimal commas, plain minuses', () => {
  const bytes = chargesCsv(facts, sayIn('ru'))
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(text).toMatch(/\r\n$/)
  expect(text).not.toMatch(/[\u00a0−]/)
  expect(readAs(bytes).find(([, , service]) => service === 'GVS_WATER')).toEqual([
    ...['март 2026', 'Жильё и коммунальные услуги', 'GVS_WATER', '', 'м³', '3,284', '', '52,63', '172,84', '0,00'],
    ...['-64,12', '', '0,00', '108,72', '', '', '', ''],
  ])
})

test('the lines of a month add up in their columns, and its balances stand in columns of their own', () => {
  const [heads = [], ...rows] = readAs(chargesCsv(facts, sayIn('ru')))
  const at = (head: string) => heads.findIndex((one) => one.startsWith(head))
  const main = rows.filter(([, kind]) => kind === 'Жильё и коммунальные услуги')
  const column = (head: string) => main.flatMap((row) => row[at(head)] || [])
  const total = column('Итого').reduce((sum, cell) => sum + Math.round(Number(cell.replace(',', '.')) * 100), 0)
  expect(total).toBe(972_155)
  expect(['На начало', 'Пени', 'Оплачено', 'На конец'].flatMap(column)).toEqual([
    '5210,37',
    '3,41',
    '5000,00',
    '9935,33',
  ])
  const capital = rows.find(([, kind, service]) => kind === 'Капитальный ремонт' && service === 'Остатки за месяц')
  expect(capital?.slice(-4)).toEqual(['-100,00', '0,00', '0,00', '921,38'])
})

test('payments stand below, the reversal with its minus', () => {
  const rows = readAs(chargesCsv(facts, sayIn('ru')))
  expect(rows.slice(-5)).toEqual([
    [''],
    ['Платежи'],
    ['Дата оплаты', 'Дата зачисления', 'Где оплачено', 'За какой месяц', 'Сумма'],
    ['12.03.2026', '15.03.2026', 'касса «Фрисби»', 'февраль 2026', '5000,00'],
    ['02.03.2026', '', '', '', '-1000,50'],
  ])
})

test('says it in English, too', () => {
  expect(readAs(chargesCsv(facts, sayIn('en')))[1]?.slice(0, 3)).toEqual([
    'March 2026',
    'Housing and utilities',
    'HOUSING',
  ])
})

test.each([
  ['=HYPERLINK("http://x";"y")', `'=HYPERLINK("http://x";"y")`],
  ['+7 900', `'+7 900`],
  ['-2+3', `'-2+3`],
  ['@SUM(A1)', `'@SUM(A1)`],
  [' =1', `' =1`],
  ['\t=1', `'\t=1`],
  ['＝1', `'＝1`],
  ['Вода; горячая', 'Вода; горячая'],
  ['ООО "Вода"', 'ООО "Вода"'],
  ['в две\nстроки', 'в две\nстроки'],
  ['', ''],
])('what stands in a cell is text and comes back as it was: %j', (cell, read) => {
  const [row] = readAs(csvOf([[cell, { decimal: '-64,12' }, 'конец']]))
  expect(row).toEqual([read, '-64,12', 'конец'])
})
