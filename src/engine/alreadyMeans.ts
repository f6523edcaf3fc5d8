import { languages } from '../domain/language.ts'
import { globalWord, plainPhrase } from './route.ts'
import type { Words } from './text.ts'
import { danger, understood } from './understand.ts'

/**
 * Whether words, typed alone, say something to the bot already, in any of our languages: a command, a label of the menu, a cry for help,
 * small talk, or a wish that opens a dialog. An account that was called so would be in the way of these. Of dialogs that only tell, and
 * of the accounts themselves, no heed is taken: free words lead there in so many ways that «Родители» and «Офис» would be lost as names.
 */
export function alreadyMeans(said: string, words: Words): boolean {
  if (globalWord(said, words) || danger(said, words) !== undefined) return true
  const phrase = plainPhrase(said)
  const labels = languages.flatMap((language) => Object.values(words.vocabulary(language).names))
  if (labels.some((label) => plainPhrase(label) === phrase)) return true
  const meant = understood(said, words)
  if (meant?.kind === 'smallTalk') return meant.about !== 'rude'
  return meant?.kind === 'opens' && !onlyTell.has(meant.dialog.split(':')[0] ?? '')
}

const onlyTell = new Set(['accounts', 'answers', 'emergency', 'help'])
