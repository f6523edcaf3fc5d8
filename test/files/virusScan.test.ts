import { describe, expect, test } from 'vitest'
import { virusScan } from '../../src/files/virusScan.ts'

/** A scanner that finds something in whatever holds the word, and is out of order at another. */
const scanner = [
  process.execPath,
  '-e',
  `let all = ''; process.stdin.on('data', (more) => { all += more }).on('end', () =>
     process.exit(all.includes('VIRUS') ? 1 : all.includes('BUSY') ? 2 : 0))`,
]
const scan = virusScan(scanner)

describe('a scanner', () => {
  test.each([
    ['a paper', true],
    [`${'x'.repeat(3_000_000)}VIRUS`, false],
  ])('is given all the bytes and says whether they are clean', async (text, isClean) => {
    expect(await scan(Buffer.from(text))).toBe(isClean)
  })

  test.each([
    ['cannot say', () => scan(Buffer.from('BUSY'))],
    ['is not there', () => virusScan(['/no/such/scanner'])(Buffer.from('a paper'))],
    [
      'ends before it has read anything',
      () => virusScan([process.execPath, '-e', 'process.exit(7)'])(Buffer.alloc(3_000_000)),
    ],
  ])('that %s makes the file wait', async (_, asked) => {
    await expect(asked()).rejects.toMatchObject({ code: 'SCANNER_AWAY', retry: expect.any(Number) })
  })

  test('that is not configured finds everything clean', async () => {
    expect(await virusScan(undefined)(Buffer.from('VIRUS'))).toBe(true)
  })
})
