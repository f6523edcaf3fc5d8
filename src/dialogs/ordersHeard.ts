import type { DocumentKind } from '../domain/documents/kinds.ts'

/** The document that words name: «справка об отсутствии долга», «акт сверки за год»; nothing when they name none. */
export function wishedKind(said: string): DocumentKind | undefined {
  const plain = said.toLowerCase().replaceAll('ё', 'е')
  return named.find(([, pattern]) => pattern.test(plain))?.[0]
}

/** A copy of an account is no statement, and a certificate of those registered says nothing of debts. */
const named: [DocumentKind, RegExp][] = [
  ['accountCopy', /копи\p{L}* (?:фин\p{L}*|лицев)|фин\p{L}*.?лицев|флс|copy of (?:the|my) account/u],
  ['registered', /зарегистр|пропис|состав\p{L}* семьи|registered/u],
  ['reconciliation', /сверк|reconcil/u],
  ['debt', /долг|задолж|debt/u],
  ['statement', /выписк|statement/u],
  ['details', /детализ|подробн|detail/u],
]
