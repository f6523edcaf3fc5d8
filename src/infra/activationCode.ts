import { createHmac } from 'node:crypto'

/**
 * What is kept of an activation code and compared when a resident types one (domain.md, section 9): HMAC-SHA256 in hexadecimal
 * over the code in upper case, without separators, with look-alikes folded: Cyrillic «О» and Latin «O» are zero, «I» and «L» one.
 */
export function activationCodeHash(code: string, hashKey: string): string {
  return createHmac('sha256', hashKey).update(normalised(code)).digest('hex')
}

function normalised(code: string): string {
  return code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/./gu, (letter) => lookAlikes[letter] ?? letter)
}

const lookAlikes: Readonly<Record<string, string>> = {
  ...{ А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', Р: 'P', С: 'C', Т: 'T', У: 'Y', Х: 'X' },
  ...{ О: '0', O: '0', I: '1', L: '1', З: '3' },
}
