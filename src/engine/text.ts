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

/** A form in which a text may be worded besides its common one: its key then has this behind an underscore (`title_plain`). */
export type Form = 'plain' | undefined

/** One text below another, with an empty line between. */
export function below(upper: RichText, lower: RichText): RichText {
  if (upper.text === '' || lower.text === '') return upper.text === '' ? lower : upper
  const shift = upper.text.length + 2
  const spans = lower.spans.map((span) => ({ ...span, at: span.at + shift }))
  return { text: `${upper.text}\n\n${lower.text}`, spans: [...upper.spans, ...spans] }
}

/** The languages' words; `infra/i18n` gives them. Whatever a resident typed is put in as plain text, never as markup. */
export interface Words {
  rich(language: Language, text: Text, form?: Form): RichText
  plain(language: Language, text: Text, form?: Form): string
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
