import { distance } from 'fastest-levenshtein'
import { type Language, languages } from '../domain/language.ts'
import type { ShownScreen } from './state.ts'
import { type GlobalWord, globalWords, type Words } from './text.ts'

/** Nobody types a command or a button's label longer than this; longer texts are only ever answers. */
const longestPhrase = 80

/** A word that works anywhere: a /command, or exactly «меню», «назад», «отмена», «оператор» in any of our languages. */
export function globalWord(said: string, words: Words): GlobalWord | undefined {
  const phrase = plainPhrase(said)
  if (phrase === '') return undefined
  return globalWords.find((word) => languages.some((language) => words.vocabulary(language).global[word].includes(phrase)))
}

/** The button that was typed: its exact label, or its number among the choices (ways back and to the menu are not numbered). */
export function typedButton(said: string, screen: ShownScreen | undefined): number | undefined {
  const phrase = plainPhrase(said)
  if (phrase === '' || !screen) return undefined
  const byLabel = screen.buttons.findIndex(({ label }) => plainPhrase(label) === phrase)
  if (byLabel >= 0) return byLabel
  if (!/^\d{1,2}$/.test(phrase)) return undefined
  const choices = [...screen.buttons.keys()].filter((index) => !('go' in (screen.buttons[index]?.means ?? {})))
  return choices[Number(phrase) - 1]
}

/** The dialog that free words ask for, understood with a typo or two; only where nothing else is being asked. */
export function intended(said: string, language: Language, words: Words): string | undefined {
  const phrase = plainPhrase(said)
  if (phrase.length < 3) return undefined
  let best: { dialog: string; typos: number } | undefined
  for (const spoken of new Set([language, ...languages])) {
    for (const [dialog, phrases] of Object.entries(words.vocabulary(spoken).intents)) {
      for (const known of phrases) {
        const typos = phrase === known ? 0 : distance(phrase, known)
        if (typos <= typosForgiven(known) && typos < (best?.typos ?? Number.POSITIVE_INFINITY)) best = { dialog, typos }
      }
    }
  }
  return best?.dialog
}

/** A short word must be exact: «газ» is not «таз». */
const typosForgiven = (known: string): number => (known.length < 5 ? 0 : known.length < 9 ? 1 : 2)

function plainPhrase(said: string): string {
  if (said.length > longestPhrase) return ''
  return said
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}/_ -]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
