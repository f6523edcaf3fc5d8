import type { z } from 'zod'
import type { ChannelPolicy } from '../domain/channelPolicy.ts'
import type { Language } from '../domain/language.ts'
import type { LocalDate } from '../domain/localDate.ts'
import type { Rules } from '../domain/rules.ts'
import type { Queries } from '../queries/registry.ts'
import type { ChatId, Due, InboundFile, Input } from './event.ts'
import type { Json, Screen, Step } from './saying.ts'
import type { DialogStep } from './steps.ts'
import type { Text } from './text.ts'

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
  steps(): readonly DialogStep[]
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
  /** Labels and (unless the place `takesNumbers`) numbers of the buttons, typed, are presses before they are words: whatever else is typed is an answer. */
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
