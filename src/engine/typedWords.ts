import { asItSounds, fromLatin, otherLayout } from '../domain/phrases/spelling.ts'
import { foldLookalikes, plainText } from '../domain/plainText.ts'

/** Of a longer message nobody can tell at once what it is about. */
const longestRead = 600
const mostWords = 60

/** What was typed, as it may have been meant: as it stands, in the other keyboard layout, in Russian instead of Latin letters. */
export function spellingsOf(said: string): string[] {
  const text = said.length > longestRead ? '' : plainText(said)
  return [text, otherLayout(text), fromLatin(text)].filter((spelling) => spelling !== undefined)
}

/** The words of a plain text as they sound, letters that were held down too long as one. */
export function wordsOf(plain: string): string[] {
  const found = plain.replace(/(\p{L})\1{2,}/gu, '$1').match(/\p{L}+/gu) ?? []
  return found
    .slice(0, mostWords)
    .map((word) => (/\p{Script=Cyrillic}/u.test(word) ? asItSounds(foldLookalikes(word)) : word))
}
