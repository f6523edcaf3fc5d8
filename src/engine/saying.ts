import type { Language } from '../domain/language.ts'
import type { EffectCall, EffectName, EffectOutcome } from '../effects/registry.ts'
import type { Here } from './dialog.ts'
import type { Drawing, PartShown, RichText, ShownFile } from './outgoing.ts'
import type { Text } from './text.ts'

// What a place of a dialog says: the screen by which it asks, and the step that an answer leads to.

export type Json = string | number | boolean | null | { [key: string]: Json } | Json[]

/**
 * A button. `means`: an answer to this place, a way out of it, or another dialog to open, about an account when it names one. `also`: other words that
 * are typed for it, a `|` between them.
 */
export interface Choice {
  label: Text
  also?: Text
  means:
    | { answer: Json }
    | { go: 'menu' | 'back' | 'cancel' | 'resume' }
    | { open: string; opening?: Json; accountId?: number }
}

/** `nav` adds «Назад» and «Меню»: both unless said otherwise. */
export interface Screen {
  text: Text[]
  choices: Choice[]
  files: (ShownFile | Drawn)[]
  nav: 'both' | 'menu' | 'none'
  /** Is never edited away. */
  keep?: boolean
  /** News that ask for something: what is said or sent to them at once is for the place that the first of the choices opens. */
  hears?: boolean
  /** Said below the text the first time in a chat that a screen has it, known by its key, and never again there. */
  once?: Text | undefined
  /** The stretch of time (a night, by its name) after which `once` is said again. */
  onceIn?: string | undefined
}

/**
 * A picture or a document to be drawn, in texts' keys; see `DrawnFile`. In plain mode pictures are left out: the screen's text tells the same.
 */
export interface Drawn {
  id: string
  as: 'photo' | 'document'
  drawn: Drawing
  name: Text
  otherwise: Text[]
  denied: Text
}

export const screen = (
  body: Text | Text[],
  choices: Choice[] = [],
  more: Partial<Pick<Screen, 'files' | 'nav' | 'keep' | 'hears' | 'once' | 'onceIn'>> = {},
): Screen => ({
  text: [body].flat(),
  choices,
  files: more.files ?? [],
  nav: more.nav ?? 'both',
  keep: more.keep ?? false,
  hears: more.hears ?? false,
  once: more.once,
  onceIn: more.onceIn,
})

export const choice = (label: Text | string, answer: Json): Choice => ({
  label: typeof label === 'string' ? { key: label } : label,
  means: { answer },
})

export const opens = (label: string, dialog: string, opening?: Json, accountId?: number): Choice => ({
  label: { key: label },
  means: { open: dialog, ...(opening !== undefined && { opening }), ...(accountId !== undefined && { accountId }) },
})

export type Step<Place> =
  | { kind: 'goTo'; place: Place; notice?: Text; stay?: true }
  | { kind: 'again'; problem: Text }
  | { kind: 'pass'; place: Place; shown: Passed[]; asks?: true }
  | { kind: 'letBe'; said?: { text: Text; choices: Choice[] } }
  | { kind: 'reshow'; place: Place }
  | { kind: 'unclear' }
  | { kind: 'perform'; call: EffectCall; settle: Settle<never, Place> }
  | { kind: 'finish'; text?: Text; keep?: true }
  | { kind: 'open'; dialog: string; opening?: Json; notice?: Text; accountId?: number; comesBack?: true }
  | { kind: 'speak'; language: Language; place: Place }
  | { kind: 'speakPlainly'; plain: boolean; place: Place }

/** Words of a person, handed on as they are. `corrects`, `repliesTo`, `answers`: see `Outgoing`. */
export interface Passed {
  text: RichText
  files: ShownFile[]
  corrects?: number
  repliesTo?: string
  answers?: PartShown
}

/** `fresh` reads inside the turn's transaction: it sees what the effect has written. */
export type Settle<Outcome, Place> = (outcome: Outcome, fresh: Here<unknown>) => Step<Place> | Promise<Step<Place>>

export const goTo = <Place>(place: Place, notice?: Text): Step<Place> => ({
  kind: 'goTo',
  place,
  ...(notice && { notice }),
})

/** The answer was understood and is wrong: says why and waits at the same place. */
export const again = (problem: Text): Step<never> => ({ kind: 'again', problem })

/** Not for this place: the router looks further (labels, numbers, free words) and then says kindly that it did not understand. */
export const unclear: Step<never> = { kind: 'unclear' }

/** The place is the same and only knows more now: «Назад» does not come back to how it was. */
export const stay = <Place>(place: Place, notice?: Text): Step<Place> => ({
  kind: 'goTo',
  place,
  ...(notice && { notice }),
  stay: true,
})

/**
 * Stands at a place without asking: shows what a person has said, if anything. The present screen and its buttons stay as they are where it is
 * that place's; the buttons of another place are good no more.
 */
export const pass = <Place>(place: Place, ...shown: Passed[]): Step<Place> => ({ kind: 'pass', place, shown })

/** Comes to a place from elsewhere with the words of a person: asks, and shows them below. */
export const passAsking = <Place>(place: Place, ...shown: Passed[]): Step<Place> => ({
  kind: 'pass',
  place,
  shown,
  asks: true,
})

/** Was summoned for what need not move the conversation: it stands where it stood, and is told as news are, or nothing. */
export const letBe = (said?: { text: Text; choices: Choice[] }): Step<never> => ({
  kind: 'letBe',
  ...(said && { said }),
})

/**
 * Asks again in place of the screen that is shown, where that is the place's own and can be edited, and stands last; else below it. Buttons that stay
 * the same stay good meanwhile.
 */
export const reshow = <Place>(place: Place): Step<Place> => ({ kind: 'reshow', place })

export const finish = (text?: Text): Step<never> => ({ kind: 'finish', ...(text && { text }) })

/** Ends with something to keep (a confirmation): the message that shows it is never edited away. */
export const finishKeeping = (text: Text): Step<never> => ({ kind: 'finish', text, keep: true })

/**
 * Leaves this dialog for another one; `accountId` when the resident has chosen which account it is about. `comesBack`: when that one
 * is finished, this one begins again.
 */
export const open = (
  dialog: string,
  more: { opening?: Json; notice?: Text; accountId?: number; comesBack?: true } = {},
): Step<never> => ({ kind: 'open', dialog, ...more })

/** From here on the bot speaks this language in this chat. */
export const speak = <Place>(language: Language, place: Place): Step<Place> => ({ kind: 'speak', language, place })

/** From here on this chat is shown plain texts: short lines, answers by number, no pictures; or no longer. */
export const speakPlainly = <Place>(plain: boolean, place: Place): Step<Place> => ({
  kind: 'speakPlainly',
  plain,
  place,
})

/** A write, as a value; `settle` is given its outcome, a refusal included, and says what comes next. */
export const perform = <Name extends EffectName, Place>(
  call: EffectCall<Name>,
  settle: Settle<EffectOutcome<Name>, Place>,
): Step<Place> => ({ kind: 'perform', call: call as EffectCall, settle: settle as Settle<never, Place> })
