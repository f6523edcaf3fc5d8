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
export const below = (upper: RichText, lower: RichText): RichText => joined(upper, '\n\n', lower)

/** The same without an empty line. */
export const beneath = (upper: RichText, lower: RichText): RichText => joined(upper, '\n', lower)

function joined(upper: RichText, between: string, lower: RichText): RichText {
  if (upper.text === '' || lower.text === '') return upper.text === '' ? lower : upper
  const shift = upper.text.length + between.length
  const spans = lower.spans.map((span) => ({ ...span, at: span.at + shift }))
  return { text: upper.text + between + lower.text, spans: [...upper.spans, ...spans] }
}

/** The languages' words; `infra/i18n` gives them. Whatever a resident typed is put in as plain text, never as markup. */
export interface Words {
  rich(language: Language, text: Text, form?: Form): RichText
  plain(language: Language, text: Text, form?: Form): string
  vocabulary(language: Language): Vocabulary
}

/**
 * Phrases, in lower case and without «ё», by what they mean. `ways` and `anywhere` (dialogs) are exact and work wherever one stands;
 * `goOn`, exact too, leads from where nothing is asked back to what was left half done. The rest are patterns (`domain/phrases`): `urgent`
 * opens a dialog whatever is being asked, `intents` where nothing is, `smallTalk` is answered in place, `topics` are what else help is searched for
 * by. `names`: what a dialog is called
 * where it is offered. `fillers` say nothing, `negations` turn what is said round.
 */
export interface Vocabulary {
  ways: Record<Way, readonly string[]>
  goOn: readonly string[]
  anywhere: Record<string, readonly string[]>
  urgent: Record<string, readonly string[]>
  intents: Record<string, readonly string[]>
  smallTalk: Record<SmallTalk, readonly string[]>
  topics: Record<string, readonly string[]>
  names: Record<string, string>
  fillers: readonly string[]
  negations: readonly string[]
}

export const ways = ['menu', 'back', 'cancel'] as const
export type Way = (typeof ways)[number]

export const smallTalk = ['hello', 'thanks', 'bye', 'question', 'howAreYou', 'bot', 'rude', 'ok', 'no'] as const
export type SmallTalk = (typeof smallTalk)[number]
