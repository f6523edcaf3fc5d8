/**
 * The name to address a payer by, of one as the billing writes it: «Таганов Пётр Антонович» → «Пётр». Only where a patronymic (отчество) tells which word
 * it is: of initials, of a firm and of two words that may stand either way there is none.
 */
export function firstNameOf(payer: string): string | undefined {
  const words = payer.trim().split(/\s+/)
  if (words.length > mostWords || !words.every((word) => /^\p{L}+(-\p{L}+)*$/u.test(word))) return undefined
  const turkicEnd = words.findIndex((word) => turkic.test(word))
  const patronymic = turkicEnd > 0 ? turkicEnd - 1 : words.findIndex((word, nth) => nth > 0 && russian.test(word))
  const name = words[patronymic - 1]
  if (name === undefined || [...name].length < 2) return undefined
  return name
    .split('-')
    .map((part) => `${part.slice(0, 1).toUpperCase()}${part.slice(1).toLowerCase()}`)
    .join('-')
}

/** A surname, a name, a patronymic of two words. */
const mostWords = 4

const russian = /\p{L}{2}(ич|вна|чна)$/iu
/** Behind the father's name. */
const turkic = /^(оглы|оглу|улы|кызы|гызы)$/iu

/** A consultant as residents are told of him: of «Ольга Петрова» no more than «Ольга». */
export const calledName = (name: string): string => name.trim().split(/\s+/)[0] ?? ''
