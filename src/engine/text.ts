import type { Language } from '../domain/language.ts'
import type { RichText } from './outgoing.ts'

/** A text by its key in `locales/`, with values. A nested text is put in with its own spans; a list stands line by line. */
export interface Text {
  key: string
  values?: Values
}

export type Values = Record<string, Value>
export type Value = string | number | Text | readonly Text[]

export const text = (key: string, values?: Values): Text => (values ? { key, values } : { key })

/** The languages' words; `infra/i18n` gives them. Whatever a resident typed is put in as plain text, never as markup. */
export interface Words {
  rich(language: Language, text: Text): RichText
  plain(language: Language, text: Text): string
  vocabulary(language: Language): Vocabulary
}

/**
 * Phrases, in lower case and without «ё», by what they mean: ways that work anywhere, dialogs that open from anywhere, and free
 * words that open a dialog where nothing else is being asked.
 */
export interface Vocabulary {
  ways: Record<Way, readonly string[]>
  anywhere: Record<string, readonly string[]>
  intents: Record<string, readonly string[]>
}

export const ways = ['menu', 'back', 'cancel'] as const
export type Way = (typeof ways)[number]
