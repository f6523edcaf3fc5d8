import { distance } from 'fastest-levenshtein'
import { type Language, languages } from '../domain/language.ts'
import type { ShownScreen } from './state.ts'
import { type Way, type Words, ways } from './text.ts'

/** Nobody types a command or a button's label longer than this; longer texts are only ever answers. */
const longestPhrase = 80

/** A /command, or exactly «меню», «назад», «отмена», «оператор» in any of our languages: it works anywhere. */
export function globalWord(said: string, words: Words): { way: Way } | { dialog: string } | undefined {
  const phrase = plainPhrase(said)
  if (phrase === '') return undefined
  for (const language of languages) {
    const known = words.vocabulary(language)
    const way = ways.find((one) => known.ways[one].includes(phrase))
    if (way) return { way }
    const [dialog] = Object.entries(known.anywhere).find(([, phrases]) => phrases.includes(phrase)) ?? []
    if (dialog !== undefined) return { dialog }
  }
  return undefined
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
