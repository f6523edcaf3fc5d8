import type { LocalDate } from '../domain/localDate.ts'
import type { Rules } from '../domain/rules.ts'
import type { EffectCall } from '../effects/registry.ts'
import type { Queries } from '../queries/registry.ts'
import type { Dialog, ResidentFacts } from './dialog.ts'
import type { Event } from './event.ts'
import type { Outgoing } from './outgoing.ts'
import type { State } from './state.ts'
import type { Words } from './text.ts'

export type Dialogs = ReadonlyMap<string, Dialog>

/** Grows with every dialog added and every version raised: of two releases the one with more is the newer. */
export const generationOf = (dialogs: Dialogs): number =>
  [...dialogs.values()].reduce((sum, dialog) => sum + dialog.version, 0)

/** What a turn is computed from. Nothing here can write. */
export interface Turn {
  event: Event
  state: State
  /** Nothing that was saved can be gone on from: the text that says so, at the menu. */
  trouble: string | undefined
  /** Of the save that will end this turn; stamps its screen. */
  revision: number
  now: Date
  today: LocalDate
  rules: Rules
  words: Words
  dialogs: Dialogs
  resident: ResidentFacts | undefined
  queries: Queries
}

/** Wakes a place that was left unanswered; at most one a chat. */
export interface Reminder {
  afterMinutes: number
  stamp: number
}

/**
 * What became of a notice (`src/notices`) in a turn. `told`: it is among what the turn shows; `waiting`: for the person who holds the chat to leave;
 * `dropped`: there was nothing to tell; `planned`: not in this chat, which cannot be written to or came to something else; `answered`: what the person has
 * just said or pressed came after it.
 */
export interface NoticeHeard {
  id: string
  state: 'told' | 'waiting' | 'dropped' | 'planned' | 'answered'
}

export interface Moved {
  kind: 'moved'
  state: State
  outgoing: Outgoing[]
  reminder: Reminder | undefined
  notices?: readonly NoticeHeard[]
}

/**
 * What came of a turn. `effect`: to be written in a transaction, then `resume` is asked with its outcome and fresh facts;
 * `newer`: the saved place belongs to a newer release, which the event is left to.
 */
export type Advanced =
  | Moved
  | { kind: 'effect'; call: EffectCall; resume: (outcome: unknown, fresh: Fresh) => Promise<Advanced> }
  | { kind: 'newer' }

export type Fresh = Pick<Turn, 'resident' | 'queries'>
