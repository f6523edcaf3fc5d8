import type { Language } from '../domain/language.ts'
import type { RequestState } from '../domain/requests/states.ts'
import type { InboundFile } from '../engine/event.ts'
import type { RichText } from '../engine/outgoing.ts'
import type { Text } from '../engine/text.ts'
import type { DeskButton } from './channel.ts'

// The shapes of the JSON columns of the desk's tables.

export type HandOffState = 'waiting' | 'taken' | 'on_hold' | 'closed'

export type { Subject } from '../domain/deskSubjects.ts'

/** What somebody said. Files are at their messenger until they are delivered; those a consultant sent are stored first (`stored`: ids). */
export interface Words {
  kind: 'words'
  text: RichText
  files: InboundFile[]
  stored?: { id: string; kind: 'photo' | 'document' | 'voice'; name: string }[]
  location?: { latitude: number; longitude: number }
  /** Parts of one album have one name. */
  album?: string
  /** The line that this one replaces the words of: an edit. */
  edits?: string
}

/** How a file that somebody has sent is shown on the other side: what is neither a picture nor a voice goes as a document. */
export const shownAs = ({ kind }: Pick<InboundFile, 'kind'>): 'photo' | 'document' | 'voice' =>
  kind === 'photo' || kind === 'voice' ? kind : 'document'

/**
 * What the desk tells the resident's conversation: `taken` (a person is there now: the half-done dialog is parked), `passed` (another one is),
 * `queued` (back in the queue), `place` (his place in the queue, to be shown in place of the one shown), `morning` (nobody will come today),
 * `held` (until an instant), `closed` (who ended it), `led` (the consultant has opened a dialog for him).
 */
export type DeskWord =
  | { kind: 'taken'; name: string }
  | { kind: 'passed'; name: string }
  | { kind: 'queued' }
  | { kind: 'place' }
  | { kind: 'morning' }
  | { kind: 'held'; until: string }
  | { kind: 'closed'; by: 'consultant' | 'silence' | 'clock' }
  | { kind: 'led'; dialog: string; opening?: string }

export type LineBody = Words | DeskWord

/** A step of the dialog before the hand-off. */
export type { DialogStep } from '../engine/steps.ts'

/**
 * What is to be done in a forum. `line`: a line of the hand-off is shown (its words are in `desk_line`). `say`: the desk's own words, for staff,
 * in the staff's language; `unlessCard`: left unsaid where the card that says the same has just been posted. `mark`: a line that did not reach the resident. `title`: named anew after the hand-off's state. `delete`: with all in it. `request`: a request is
 * shown, or what has become of it, by which of its lines. `about`: a reply to what is said is one to this request; `wants`: what it is then to come to; `untold`: the line of it that
 * did not reach the resident.
 */
export type DeskAct =
  | { kind: 'line' }
  | {
      kind: 'say'
      text: Text
      buttons?: DeskButton[][]
      repliesTo?: string
      mentions?: string[]
      picture?: string
      unlessCard?: true
      about?: AboutRequest
      untold?: string
    }
  | { kind: 'mark'; message: string; why: Text }
  | { kind: 'title' }
  | { kind: 'close' }
  | { kind: 'reopen' }
  | { kind: 'delete'; forum: string; thread: string }
  | { kind: 'typing' }
  | { kind: 'request'; request: string; what: RequestMoved; line?: string }

/**
 * What has become of a request: what a resident has done with it (`sent` to `rated`); `accountGone`: its account is his no longer; `changed`: what staff
 * has done; `files`: its files are asked for again.
 */
export type RequestMoved = 'sent' | 'added' | 'reopened' | 'closed' | 'rated' | 'accountGone' | 'changed' | 'files'

/** `more`: words without another state. `promise`: what a consultant undertakes, and until when. */
export type RequestWish = RequestState | 'more' | 'promise'

export interface AboutRequest {
  request: string
  wants?: RequestWish
}

/** Staff reads Russian; a resident reads what he has chosen. */
export const staffLanguage: Language = 'ru'
