import { cleanText, maxTypedLength, plainText } from './plainText.ts'

export const longestAccountName = 30

export type AccountName = { ok: true; name: string } | { ok: false; problem: 'empty' | 'tooLong' | 'digits' }

/**
 * A resident's own word for an account («Мама», «Дача»): one line of at most 30 characters, without anything that could break a
 * button or a text. Digits alone are refused: they would be taken for readings or for the number of a button.
 */
export function accountName(text: string): AccountName {
  const name = cleanText(text)
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[<>{}[\]|\\`*_~]/g, '')
    .replace(/^["'«»„“”\s.,;:!-]+|["'«»„“”\s.,;:!-]+$/gu, '')
    .replace(/ +/g, ' ')
  if (name === '') return { ok: false, problem: 'empty' }
  if ([...name].length > longestAccountName) return { ok: false, problem: 'tooLong' }
  return /\p{L}/u.test(name) || /\p{Extended_Pictographic}/u.test(name)
    ? { ok: true, name }
    : { ok: false, problem: 'digits' }
}

/** Whether what was typed is this name: case, «ё», spaces and signs do not matter. */
export function isNamed(typed: string, name: string): boolean {
  return typed.length <= maxTypedLength && plain(typed) !== '' && plain(typed) === plain(name)
}

/** What an account may be called by whoever has linked it: his own name for it, the label of its button, its address, and what is `heard` besides. */
interface Called {
  name?: string
  label: string
  address: string
  heard: readonly string[]
}

/** The account that is called so. */
export const calledSo = <Account extends Called>(typed: string, accounts: readonly Account[]): Account | undefined =>
  accounts.find(({ name, label, address, heard }) =>
    [name ?? label, label, address, ...heard].some((one) => isNamed(typed, one)),
  )

const plain = (name: string): string => plainText(name).replace(/[^\p{L}\p{N}\p{Extended_Pictographic}/]/gu, '')
