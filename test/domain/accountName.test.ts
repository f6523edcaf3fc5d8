import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountName, isNamed } from '../../src/domain/accountName.ts'

describe("a resident's own name for an account", () => {
  it.each([
    ['Мама', 'Мама'],
    ['  Дача\n на  море ', 'Дача на море'],
    ['«Мама»', 'Мама'],
    ['<b>Мама</b>', 'bМама/b'],
    ['Дача №2', 'Дача №2'],
    ['\u202eаваМ', 'аваМ'],
    ['🏠', '🏠'],
    ['а'.repeat(30), 'а'.repeat(30)],
  ])('is one plain line: %j', (typed, name) => {
    expect(accountName(typed)).toEqual({ ok: true, name })
  })
  it.each([
    ['', 'empty'],
    [' «» ', 'empty'],
    ['12', 'digits'],
    ['324 311', 'digits'],
    ['а'.repeat(31), 'tooLong'],
    ['м'.repeat(3_000_000), 'tooLong'],
  ])('is refused: %#', (typed, problem) => {
    expect(accountName(typed)).toEqual({ ok: false, problem })
  })
  it('is short, one line and its own name again, whatever was typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme' })), (typed) => {
        const read = accountName(typed)
        if (!read.ok) return
        expect([...read.name].length).toBeLessThanOrEqual(30)
        expect(read.name).not.toMatch(/[\n\r\u2028<>{}]|^\s|\s$/)
        expect(accountName(read.name)).toEqual(read)
      }),
      { numRuns: 2_000 },
    )
  })
  it.each([
    ['мама', 'Мама', true],
    ['МАМА!', 'Мама', true],
    ['елка', 'Ёлка', true],
    ['8 марта 120-45', '8 Марта, 120-45', true],
    ['мама и папа', 'Мама', false],
    ['!', '', false],
  ])('is typed as %j for %j: %s', (typed, name, is) => {
    expect(isNamed(typed, name)).toBe(is)
  })
})
