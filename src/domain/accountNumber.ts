import { cleanText, maxTypedLength } from './plainText.ts'

/**
 * What a number typed for a personal account (лицевой счёт) may be instead, by its shape: `els` (ЕЛС of ГИС ЖКХ, like 75да533315), `zhku`
 * (идентификатор ЖКУ: ЕЛС and two digits), `paymentDocument` (its identifier, 18 characters), `bankAccount` (20 digits).
 */
export type NumberKind = 'els' | 'zhku' | 'paymentDocument' | 'bankAccount'

export type AccountNumber =
  | { ok: true; account: string }
  | { ok: false; problem: { code: 'notAccount'; kind?: NumberKind } }

/** The account's number as it is kept, when it has the centre's shape (`pattern`, a setting), else what it looks like. */
export function accountNumber(text: string, pattern: RegExp): AccountNumber {
  const account = normaliseAccount(text)
  // `search` looks from the beginning whatever flags the pattern has; `test` of a `g` pattern remembers where it stopped.
  if (account !== '' && account.search(pattern) >= 0) return { ok: true, account }
  const kind = kindOfNumber(text)
  return { ok: false, problem: { code: 'notAccount', ...(kind ? { kind } : {}) } }
}

/** Without spaces, dashes and the words before it («л/с №»), letters and leading zeros as they are. Import and input must both use it. */
export function normaliseAccount(text: string): string {
  if (text.length > maxTypedLength) return ''
  return cleanText(text)
    .replace(/^\s*(?:лицевой\s+сч[её]т|л\/?с|account)(?!\p{L})[\s.:]*/iu, '')
    .replace(/[\s№#-]/g, '')
    .replace(/[.,;]+$/, '')
}

/** The shape a number has when it is none of ours. */
export function kindOfNumber(text: string): NumberKind | undefined {
  const number = normaliseAccount(text)
  return kinds.find(([, shape]) => shape.test(number))?.[0]
}

const kinds: [NumberKind, RegExp][] = [
  ['els', /^\d{2}\p{L}{2}\d{6}$/u],
  ['zhku', /^\d{2}\p{L}{2}\d{8}$/u],
  ['paymentDocument', /^\d{2}\p{L}{2}\d{6}[\p{L}\d]{8}$/u],
  ['bankAccount', /^\d{20}$/],
]

/** «••••4567»: its owner knows it by the end. A short number shows no more than its last half. */
export function maskAccount(account: string): string {
  const characters = [...account]
  const shown = Math.min(4, Math.floor(characters.length / 2))
  return `••••${characters.slice(characters.length - shown).join('')}`
}
