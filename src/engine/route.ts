import { type Language, languages } from '../domain/language.ts'
import type { ShownScreen } from './state.ts'
import { type Way, type Words, ways } from './text.ts'

/** Nobody types a command or a button's label longer than this; longer texts are only ever answers. */
const longestPhrase = 80

type Meant = { way: Way } | { dialog: string }

/** A /command, or exactly «меню», «назад», «отмена», «оператор» in any of our languages: it works anywhere. */
export function globalWord(said: string, words: Words): Meant | undefined {
  const phrase = plainPhrase(said)
  if (phrase === '') return undefined
  const known = globals.get(words) ?? everyGlobal(words)
  globals.set(words, known)
  return known.get(phrase)
}

/** «Да», «верно», «продолжить»: where nothing is asked they speak of what was left half done. */
export function saysGoOn(said: string, words: Words): boolean {
  const phrase = plainPhrase(said)
  return phrase !== '' && languages.some((language) => words.vocabulary(language).goOn.includes(phrase))
}

/** Made once for a vocabulary. */
const globals = new WeakMap<Words, Map<string, Meant>>()

function everyGlobal(words: Words): Map<string, Meant> {
  const every = new Map<string, Meant>()
  const add = (phrases: readonly string[], meant: Meant) => {
    for (const phrase of phrases) if (!every.has(phrase)) every.set(phrase, meant)
  }
  for (const language of languages) {
    const known = words.vocabulary(language)
    for (const way of ways) add(known.ways[way], { way })
    for (const [dialog, phrases] of Object.entries(known.anywhere)) add(phrases, { dialog })
  }
  return every
}

/** The button that was typed: its exact label, other words for it, or its number among the choices (ways back and to the menu are not numbered). */
export function typedButton(said: string, screen: ShownScreen | undefined): number | undefined {
  const phrase = plainPhrase(said)
  if (phrase === '' || !screen) return undefined
  const byLabel = screen.buttons.findIndex(({ label }) => plainPhrase(label) === phrase)
  if (byLabel >= 0) return byLabel
  const byOtherWords = screen.buttons.findIndex(({ also }) => also?.includes(phrase))
  if (byOtherWords >= 0) return byOtherWords
  if (!/^\d{1,2}$/.test(phrase)) return undefined
  const choices = [...screen.buttons.keys()].filter((index) => !('go' in (screen.buttons[index]?.means ?? {})))
  return choices[Number(phrase) - 1]
}

/** What a dialog is called on the button that offers it. */
export const nameOf = (dialog: string, language: Language, words: Words): string | undefined =>
  words.vocabulary(language).names[dialog]

/** What is typed, as labels and commands are compared: without signs and case; nothing of a text too long for either. */
export function plainPhrase(said: string): string {
  if (said.length > longestPhrase) return ''
  return said
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}/_ -]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
