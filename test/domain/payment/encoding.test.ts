import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeText, encodeText } from '../../../src/domain/payment/encoding.ts'

describe('windows-1251', () => {
  it('is the encoding of that name, byte for byte', () => {
    for (let code = 0; code < 256; code++) {
      if (code === 0x98) continue
      const bytes = Buffer.of(code)
      const character = iconv.decode(bytes, 'windows-1251')
      expect(decodeText(bytes, 'windows-1251'), String(code)).toBe(character)
      expect(encodeText(character, 'windows-1251'), character).toEqual(Uint8Array.of(code))
    }
  })
  it.each(['\u0098', 'ә', '₽', '½', 'и\u0306', '𝄞', '\ud800'])('lacks %j', (character) => {
    expect(encodeText(`а${character}`, 'windows-1251')).toBeUndefined()
  })
  it('leaves one byte free', () => {
    expect(decodeText(Uint8Array.of(0x41, 0x98), 'windows-1251')).toBeUndefined()
  })
})

describe('UTF-8', () => {
  it.each(['', 'ёЁ', '\ufeffс меткой', '𝄞', '\u0000'])('has %j', (text) => {
    const bytes = encodeText(text, 'utf-8')
    expect(bytes && Buffer.from(bytes).toString()).toBe(text)
    expect(bytes && decodeText(bytes, 'utf-8')).toBe(text)
  })
  it('lacks half a character', () => {
    expect(encodeText('а\udc00', 'utf-8')).toBeUndefined()
    expect(decodeText(Uint8Array.of(0xd0), 'utf-8')).toBeUndefined()
  })
})
