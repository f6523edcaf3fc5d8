/** Texts longer than this are not read by any parser: nobody types an address or a reading of such a length. */
export const maxTypedLength = 2000

/** What a person typed, made comparable: in lower case, ё as е, cleaned as by `cleanText`. */
export function plainText(text: string): string {
  return cleanText(text).toLowerCase().replaceAll('ё', 'е')
}

/**
 * The letters as they were typed, everything round them made plain: composed, digits of other scripts as 0-9, every dash as `-`, every space but a
 * line's end as one plain space; marks without a shape (zero-width, right-to-left, emoji selectors) are dropped.
 */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}|\uFE0F|\u20E3/gu, '')
    .replace(foreignDigit, asciiDigit)
    .replace(/[\u066B\uFF0C\u060C]/g, ',')
    .replace(/\uFF0E/g, '.')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
}

/** Latin letters that look like Cyrillic ones become those: a house «36A» is typed on either keyboard. Expects lower case. */
export function foldLookalikes(text: string): string {
  return text.replace(/[abcehkmoptxy]/g, (letter) => lookalikes[letter] ?? letter)
}

const lookalikes: Record<string, string> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
}

/** Arabic-Indic, extended Arabic-Indic, Devanagari and full-width digits. */
const foreignDigit = /[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\uFF10-\uFF19]/g
const zeros = [0x0660, 0x06f0, 0x0966, 0xff10]

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0)
  const zero = zeros.find((start) => code >= start && code < start + 10)
  return zero === undefined ? digit : String(code - zero)
}
