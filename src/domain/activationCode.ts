import { kindOfNumber } from './accountNumber.ts'
import { cleanText, maxTypedLength } from './plainText.ts'

/**
 * An activation code in the one alphabet in which codes are compared (domain.md, section 9): capitals and digits, without separators,
 * look-alikes folded: Cyrillic letters as the Latin ones they look like, «О» and «O» as zero, «I» and «L» as one, «З» as three. The
 * billing hashes codes in the same form: a fold that is added here changes the hash of every code that has the letter.
 */
export function foldedCode(text: string): string {
  return cleanText(text)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/./gu, (letter) => lookAlikes[letter] ?? letter)
}

/** A typed code as it is compared, when it has a code's shape: 8 to 20 letters and digits of that alphabet, «код:» before it or not. */
export function activationCode(text: string): string | undefined {
  if (text.length > maxTypedLength) return undefined
  const code = foldedCode(
    text.replace(/^\s*(?:(?:мой\s+)?код(?:\s+активации)?|(?:my\s+)?(?:activation\s+)?code)(?!\p{L})/iu, ''),
  )
  return /^[A-Z0-9]{8,20}$/.test(code) ? code : undefined
}

/**
 * The code that a text or a deep link among others must be meant for: with a digit or all in capitals, in one piece or in groups of one
 * length («9VM6-9MW8»). Where a code is asked for `activationCode` takes more.
 */
export function plainlyCode(text: string): string | undefined {
  const groups = text.trim().split(/[\s-]+/)
  const code = kindOfNumber(text) ? undefined : activationCode(text)
  const even = groups.every((group) => group.length === groups[0]?.length && /^[\p{L}\d]{3,}$/u.test(group))
  const asPrinted = /\d/.test(text) || text === text.toUpperCase()
  return code !== undefined && even && asPrinted && /[A-Z]/.test(code) ? code : undefined
}

const lookAlikes: Readonly<Record<string, string>> = {
  ...{ А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', Р: 'P', С: 'C', Т: 'T', У: 'Y', Х: 'X' },
  ...{ О: '0', O: '0', I: '1', І: '1', L: '1', З: '3', Ѕ: 'S', Ј: 'J' },
}
