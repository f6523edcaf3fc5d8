import { expect, test } from 'vitest'
import { type Row, records } from '../../src/exchange/records.ts'

const header = 'a;b;c\r\n'
const neighbour = '9;x;y\r\n'

test.each<[string, string, string[]]>([
  ['plain cells', '1;2;3\r\n', ['1', '2', '3']],
  ['a line that ends in LF alone', '1;2;3\n', ['1', '2', '3']],
  ['a quoted separator', '1;"2;2";3\r\n', ['1', '2;2', '3']],
  ['doubled quotes', '1;"ООО ""Ёж""";3\r\n', ['1', 'ООО "Ёж"', '3']],
  ['a line break within quotes', '1;"2\r\n2";3\r\n', ['1', '2\n2', '3']],
  ['quotes within an unquoted cell', '1;ООО "Ёж";3\r\n', ['1', 'ООО "Ёж"', '3']],
  ['a quote that never closes', '1;"2;3\r\n', ['1;"2;3']],
  ['quotes that should have been doubled', '1;"ООО "Ёж"";3\r\n', ['1;"ООО "Ёж"";3']],
  ['an inch sign before a quote that never closes', '1;2" x;"3\r\n', ['1;2" x;"3']],
  ['one cell too many', '1;2;2;3\r\n', ['1', '2', '2', '3']],
])('cuts a row into cells and spares its neighbours: %s', async (_, line, cells) => {
  const text = header + line + neighbour.repeat(8)
  for (const size of [1, 4, 1000]) {
    const rows = await cut(text, size)
    expect(rows[1]).toEqual({ line: 2, cells })
    expect(rows.slice(2).map((row) => row.cells)).toEqual(Array(8).fill(['9', 'x', 'y']))
    expect(rows.at(-1)?.line).toBe(text.split('\n').length - 1)
  }
})

test('finds every one of several rows whose quotes never close, also the last of the file', async () => {
  const text = `${header}1;"x;y\n2;x;y\n3;"x;y\n4;x;"y`
  const rows = await cut(text, 3)
  expect(rows.map((row) => row.cells.length)).toEqual([3, 1, 3, 1, 1])
  expect(rows.map((row) => row.line)).toEqual([1, 2, 3, 4, 5])
})

test('leaves empty lines out and still counts them', async () => {
  expect(await cut(`${header}\r\n\r\n1;2;3\r\n`, 5)).toEqual([
    { line: 1, cells: ['a', 'b', 'c'] },
    { line: 4, cells: ['1', '2', '3'] },
  ])
})

test('refuses what has no lines instead of gathering it in memory', async () => {
  await expect(cut('x'.repeat(1_000_000), 10_000)).rejects.toMatchObject({ refusal: { code: 'NOT_A_TABLE' } })
})

async function cut(text: string, size: number): Promise<Row[]> {
  const rows: Row[] = []
  for await (const batch of records(pieces(text, size))) rows.push(...batch)
  return rows
}

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}
