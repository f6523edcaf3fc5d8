import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { decode } from '../../src/exchange/decode.ts'

const ascii = 'account_no;status\r\n'.repeat(20_000)
const russian = 'улица 8 Марта;«Ёж» № 5\r\n'

test.each([
  ['UTF-8', russian, 'utf8'],
  ['UTF-8 with a byte-order mark', `\uFEFF${russian}`, 'utf8'],
  ['windows-1251', russian, 'windows-1251'],
  ['UTF-8 whose first Russian letter comes late', `${ascii}Ё`, 'utf8'],
  ['windows-1251 whose first Russian letter comes late', `${ascii}Ё`, 'windows-1251'],
  ['windows-1251 with a single Russian letter', 'Р', 'windows-1251'],
  ['much UTF-8', russian.repeat(8000), 'utf8'],
  ['much windows-1251', russian.repeat(8000), 'windows-1251'],
  ['nothing but ASCII', 'a;b\n', 'utf8'],
  ['nothing', '', 'utf8'],
])('tells the encoding of %s, wherever chunks are cut', async (_, text, encoding) => {
  const bytes = iconv.encode(text, encoding)
  for (const size of bytes.length < 2000 ? [1, 2, 3, 5, 64] : [4099, 65_536]) {
    expect(await decoded(bytes, size)).toBe(text.replace('\uFEFF', ''))
  }
})

test('marks bytes that the encoding chosen at first does not have', async () => {
  const bytes = Buffer.concat([iconv.encode(russian.repeat(8000), 'utf8'), iconv.encode('Мира', 'windows-1251')])
  expect(await decoded(bytes, 4096)).toContain('\uFFFD')
})

test('does not take a UTF-8 file for windows-1251 because its last letter is cut', async () => {
  const bytes = iconv.encode(russian, 'utf8')
  expect(await decoded(bytes.subarray(0, bytes.indexOf('№') + 2), 7)).toContain('улица 8 Марта;«Ёж» ')
})

async function decoded(bytes: Buffer, size: number): Promise<string> {
  let text = ''
  for await (const piece of decode(cut(bytes, size))) text += piece
  return text
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
