import { normaliseAccount } from './accountNumber.ts'
import { cleanText, maxTypedLength } from './plainText.ts'

/** Shorter than this is a house, a flat or a button's number, whatever the centre's pattern says. */
const shortestAccount = 6

/** A number that is typed alone and has the shape of an account's (`pattern`, a setting), as it is kept. */
export function accountAlone(text: string, pattern: RegExp): string | undefined {
  const account = normaliseAccount(text)
  return account.length >= shortestAccount && account.search(pattern) >= 0 ? account : undefined
}

/**
 * An account's number that is typed in one message with an address, on either side of it, and the message without it: «Ленина 5-12,
 * л/с 66 1020 0503». A postcode in front and a telephone number are none.
 */
export function accountBesideAddress(text: string, pattern: RegExp): { account: string; address: string } | undefined {
  if (text.length > maxTypedLength) return undefined
  const words = [...cleanText(text).matchAll(/[^\s,;]+/g)].map(([word]) => word)
  for (const { from, to } of candidates(words)) {
    const account = accountAlone(words.slice(from, to).join(''), pattern)
    const [before, after] = [words.slice(0, from).join(' '), words.slice(to).join(' ')]
    if (account === undefined || telephone.test(before) || (from === 0 && /^\d{6}$/.test(account))) continue
    const address = `${before.replace(label, '')} ${after}`.trim()
    if (/\p{L}{3}/u.test(address)) return { account, address }
  }
  return undefined
}

const telephone = /(?<!\p{L})(?:тел|телефон|моб|сот|phone|tel)[.:]?$/iu
const label = /(?:(?:^|[\s.:№#])(?:мой|номер|лицевой|лицевого|сч[её]та?|л\/?с|my|account|number|is|no|№|#)[.:]*)+$/iu

/** Where a number may stand: one word anywhere, else two to five groups of digits at either end or behind the word for it. */
function candidates(words: string[]): { from: number; to: number }[] {
  const digits = words.map((word) => /^[№#]?[\d-]+\.?$/.test(word))
  const mayBegin = words.map((_, index) => index === 0 || label.test(words[index - 1] ?? ''))
  const alone = words.map((_, index) => ({ from: index, to: index + 1 })).reverse()
  const groups = [2, 3, 4, 5].flatMap((count) => words.map((_, index) => ({ from: index, to: index + count })))
  return [
    ...alone,
    ...groups.filter(
      ({ from, to }) =>
        to <= words.length && digits.slice(from, to).every(Boolean) && (to === words.length || mayBegin[from]),
    ),
  ]
}
