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
  /** The global words and commands and the free words that open a dialog, in every language. */
  vocabulary(language: Language): Vocabulary
}

/** `intents`: phrases by the dialog that they open; `global`: phrases by what they do anywhere. */
export interface Vocabulary {
  global: Record<GlobalWord, readonly string[]>
  intents: Record<string, readonly string[]>
}

export const globalWords = ['menu', 'back', 'cancel', 'operator', 'help', 'settings'] as const
export type GlobalWord = (typeof globalWords)[number]
