import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatVolume, parseVolume, truncateVolume } from '../../src/domain/volume.ts'

describe('a volume', () => {
  it.each([
    ['418,95', 418950],
    ['418.950', 418950],
    ['00418', 418000],
    ['0', 0],
    ['0,001', 1],
    ['12,34567', 12345],
    ['999999999999', 999999999999000],
  ])('is read from %j', (text, thousandths) => {
    expect(parseVolume(text)).toBe(thousandths)
  })
  it.each(['', '-5', '1e9', ',5', '5,', '1.2.3', '9'.repeat(400), 'x'])('is not read from %j', (text) => {
    expect(parseVolume(text)).toBeUndefined()
  })
  it('is written with the comma or dot of the language, no needless zeros and no groups', () => {
    expect(formatVolume(418950)).toBe('418,95')
    expect(formatVolume(418950, 'en')).toBe('418.95')
    expect(formatVolume(12345678000)).toBe('12345678')
    expect(formatVolume(5)).toBe('0,005')
    expect(formatVolume(-500)).toBe('−0,5')
  })
  it('is cut, not rounded, as a dial is read', () => {
    expect([0, 1, 2, 3].map((decimals) => truncateVolume(418999, decimals))).toEqual([418000, 418900, 418990, 418999])
  })
  it('survives being written and read again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 11 }),
        fc.constantFrom('ru' as const, 'en' as const),
        (volume, language) => {
          expect(parseVolume(formatVolume(volume, language))).toBe(volume)
        },
      ),
    )
  })
})
