export type Encoding = 'windows-1251' | 'utf-8'

/** The digit by which a payment code tells its encoding (ГОСТ Р 56042-2014). */
export const encodingDigits: Readonly<Record<Encoding, string>> = { 'windows-1251': '1', 'utf-8': '2' }

/** A text's bytes; nothing when the encoding lacks one of its characters, for a replaced character would be another name. */
export function encodeText(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === 'utf-8') return /\p{Surrogate}/u.test(text) ? undefined : new TextEncoder().encode(text)
  const codes = Array.from(text, (character) => windows1251.get(character))
  return codes.every((code) => code !== undefined) ? Uint8Array.from(codes) : undefined
}

/** The text that such bytes are; nothing when they are none in this encoding. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string | undefined {
  if (encoding === 'windows-1251' && bytes.includes(unassigned)) return undefined
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The one code that windows-1251 leaves free; decoders make a control character of it. */
const unassigned = 0x98

const decoder = new TextDecoder('windows-1251')
const windows1251: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, code) => code)
    .filter((code) => code !== unassigned)
    .map((code) => [decoder.decode(Uint8Array.of(code)), code]),
)
