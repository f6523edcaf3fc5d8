import type { z } from 'zod'
import type { ChannelPolicy } from '../domain/channelPolicy.ts'
import type { Language } from '../domain/language.ts'
import type { LocalDate } from '../domain/localDate.ts'
import type { Rules } from '../domain/rules.ts'
import type { EffectCall, EffectName, EffectOutcome } from '../effects/registry.ts'
import type { Queries } from '../queries/registry.ts'
import type { ChatId, Due, InboundFile, Input } from './event.ts'
import type { Drawing, RichText, ShownFile } from './outgoing.ts'
import type { DialogStep } from './steps.ts'
import type { Text } from './text.ts'

export type Json = string | number | boolean | null | { [key: string]: Json } | Json[]

/** What a dialog may know of the person it talks to. `accounts` are those linked and still open. */
export interface ResidentFacts {
  id: string
  consented: boolean
  /** The newest version of the consent that he has given and not withdrawn; 0 without any. */
  consentVersion: number
  accounts: { id: number }[]
}

/** Everything a place sees: where it stands, who talks, and what may be read. There is no way to write from here. */
export interface Here<Place> {
  place: Place
  chat: ChatId
  language: Language
  /** The chat is shown plain texts. */
  plain: boolean
  now: Date
  today: LocalDate
  rules: Rules
  /** What of an account this messenger may carry. */
  policy: ChannelPolicy
  resident: ResidentFacts | undefined
  /** The account that the dialog is about; 0 in a dialog that does not need one. */
  accountId: number
  queries: Queries
  /** The dialog that was left half done and can be gone back to (`go: 'resume'`). */
  parked?: string | undefined
  /** The steps that led here, the latest last; those of a talk that a place takes whole are not among them. */
  steps: readonly DialogStep[]
  /** Whether these words, typed alone, say something to the bot already: a command, a label of the menu, a plain wish. */
  alreadyMeans(words: string): boolean
  /** The dialog (`dialog` or `dialog:opening`) that free words would open where nothing is asked, beyond doubt. */
  meant(words: string): string | undefined
}

/** What a resident answered. A pressed button, its number or its label typed, all come as the choice's `value`. */
export type Said =
  | { kind: 'text'; text: string }
  | { kind: 'choice'; value: Json }
  | { kind: 'files'; files: InboundFile[]; caption?: string }
  | { kind: 'due'; what: Due }
  /** To a place that `takesAll`: whatever came, as it came. */
  | { kind: 'passed'; input: Input }
  | { kind: 'other' }

/** A button. `means`: an answer to this place, a way out of it, or another dialog to open, about an account when it names one. */
export interface Choice {
  label: Text
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

/** Words of a person, handed on as they are. `revises`, `repliesTo`: see `Outgoing`. */
export interface Passed {
  text: RichText
  files: ShownFile[]
  revises?: number
  repliesTo?: string
}

/** `fresh` reads inside the turn's transaction: it sees what the effect has written. */
export type Settle<Outcome, Place> = (outcome: Outcome, fresh: Here<unknown>) => Step<Place> | Promise<Step<Place>>

export interface PlaceRules<Here, Place> {
  ask(here: Here): Screen | Promise<Screen>
  /** `came`: the same as it came, for a place that hands it on to a person. */
  answer(here: Here & { said: Said; came: Input }): Step<Place> | Promise<Step<Place>>
  /** An example of a good answer, shown when what came is not understood. */
  example?: Text
  /** A number typed here is an answer of its own: choices are not offered by their numbers. */
  takesNumbers?: true
  /**
   * A person holds the chat: but for presses on the present screen (in plain mode, which tells of buttons in words, its labels typed) all that
   * comes is for this place, `passed`: words that work anywhere else, edits, a start, a block. Old buttons show the present screen; news wait.
   * Whatever else was half done when a dialog with such a place was opened is parked, and offered again when that dialog finishes.
   */
  takesAll?: true
  /** Labels and numbers of the buttons, typed, are presses before they are words: whatever else is typed is an answer. */
  labelsFirst?: true
  /** What was said before is corrected here by an edit: edits come as `other`. */
  takesEdits?: true
  /** Nothing is asked here: whatever is typed is understood as at the menu. */
  asksNothing?: true
  /** «Отмена», typed here, is said of what stands here: it is an answer before it is a way out. */
  takesCancel?: true
  /** Said above what a word leads to that works anywhere («меню») and was typed here, where it might have been meant as an answer. */
  overruled?(said: string): Text
  /**
   * In a dialog that is about one account: whether another account can be gone over to from here at once, by «Другой счёт» or by its
   * name, for nothing that was given would be lost. Where nothing is asked it always can.
   */
  switchesAccount?(here: Here): boolean
  /** Typed words are first looked for among the topics of help. */
  searches?: true
  /** Buttons that mean «all that stands above»: every further word comes with the whole screen again. */
  whole?: true
  /** A resident who leaves this place unanswered so long is reminded of it once, within the hours for mailings. */
  idle?: { minutes: number; text: Text }
}

/**
 * A conversation about one matter: named places, each of which asks and understands the answer.
 * `id` and the places' names are a public format (they are saved): a changed shape wants a higher `version` and an `upgrade`.
 * `needs`: what the router sees to before the dialog begins, coming back to it afterwards.
 */
export interface Dialog<Place extends { at: string } = { at: string }> {
  id: string
  version: number
  needs: 'nothing' | 'consent' | 'account'
  /** The version of the consent that first speaks of what is shown here, 1 when not said. Whoever gave an older one is asked for it first. */
  consent?: number
  /** The shape of a saved place; what does not fit it is taken as corrupt. */
  place: z.ZodType<Place>
  begin(here: Here<undefined> & { opening: Json | undefined }): Step<Place> | Promise<Step<Place>>
  /** What free words that open it say besides («начисления за март»), as what it is then opened with; nothing when they say no more. */
  hears?(said: string, known: { opening: string | undefined; today: LocalDate }): Json | undefined
  places: { [At in Place['at']]: PlaceRules<Here<Extract<Place, { at: At }>>, Place> }
  /**
   * What news say that fall due wherever the chat stands, or nothing when they are no news any more. Its choices stand before those of
   * the place and can only open dialogs. `place` is there when the chat stands in this very dialog.
   */
  news?(here: Here<Place | undefined> & { about: string }): Screen | undefined | Promise<Screen | undefined>
  /** Today's place from one saved by an older version; `undefined` when the dialog must begin anew. */
  upgrade?(place: unknown, from: number): Place | undefined
}

export const defineDialog = <Place extends { at: string }>(dialog: Dialog<Place>): Dialog<Place> => dialog

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
 * Asks again in place of the screen that is shown, where that is the place's own and can be edited; else below it. Buttons that stay the same
 * stay good meanwhile.
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

export const screen = (
  body: Text | Text[],
  choices: Choice[] = [],
  more: Partial<Pick<Screen, 'files' | 'nav' | 'keep' | 'once' | 'onceIn'>> = {},
): Screen => ({
  text: [body].flat(),
  choices,
  files: more.files ?? [],
  nav: more.nav ?? 'both',
  keep: more.keep ?? false,
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
