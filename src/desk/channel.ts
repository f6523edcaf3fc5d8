import type { FileToSend } from '../engine/channel.ts'
import type { InboundFile } from '../engine/event.ts'
import type { RichText, ShownFile } from '../engine/outgoing.ts'

/** Where something stands in a staff forum: `thread` names a topic, without it the general one is meant. Both are the platform's ids. */
export interface DeskPlace {
  forum: string
  thread?: string
}

/** Whoever acts in a forum. Being there gives no rights: `id` is looked up among the consultants. */
export interface StaffMember {
  id: string
  name: string
  /** Speaks as the group itself (an anonymous administrator): nobody knows who that is. */
  isAnonymous?: true
}

/** What happens in a staff forum. `id` is unique in the world and the same however often the platform tells of it. */
export interface StaffEvent {
  id: string
  at: Date
  place: DeskPlace
  by: StaffMember
  input: StaffInput
}

/**
 * `message` is the platform's id; `repliesTo` that of the message answered. Pieces of an `album` come one by one, each with the album's id.
 * `left` and `joined` are about `by`. `rights`: whether we may still work there. `closed`, `reopened`: a topic, by hand.
 */
export type StaffInput =
  | { kind: 'text'; text: RichText; message: string; repliesTo?: string }
  | { kind: 'files'; files: InboundFile[]; caption?: RichText; message: string; repliesTo?: string; album?: string }
  | { kind: 'location'; latitude: number; longitude: number; message: string; repliesTo?: string }
  | { kind: 'edited'; text: RichText; message: string }
  | { kind: 'unsupported'; message: string }
  | { kind: 'press'; token: string; message: string }
  | { kind: 'joined' }
  | { kind: 'left' }
  | { kind: 'rights'; may: boolean }
  | { kind: 'closed' }
  | { kind: 'reopened' }

/** What the one who pressed a button is told at once, above the chat: at most 200 characters; `alert` wants to be closed by hand. */
export interface StaffAnswer {
  toast?: string
  alert?: true
}

/** A button for staff: `token` (at most 64 bytes) comes back in a press. */
export interface DeskButton {
  label: string
  token: string
}

/** What is posted. Several files without buttons become an album. `repliesTo`: a message of the same topic; one that is gone is no hindrance. */
export interface DeskMessage {
  text: RichText
  /** Who is to notice it: called by name at the end of the words. */
  mentions?: StaffMember[]
  files: ShownFile[]
  buttons: DeskButton[][]
  repliesTo?: string
}

/**
 * The platform's ids of the messages that something became. `unshown`: ids of files that the platform does not take (empty, over
 * `limits.sentFileBytes`, or refused); their names are said in their place.
 */
export interface Posted {
  messages: string[]
  unshown?: string[]
}

/**
 * How far a post has come that becomes several messages. `done`: how many of them an earlier try has shown, these are not shown again.
 * `shown` is told of messages as soon as they stand there, in order; the next ones wait for its answer.
 */
export interface PostProgress {
  done: number
  shown(messages: string[]): Promise<void>
}

/**
 * The port a staff forum implements. Every call fails with an `AppError`: `RATE_LIMITED` and `PLATFORM_DOWN` carry `retry` in milliseconds and
 * may be tried again; `TOPIC_GONE` (deleted by hand), `TOPIC_CLOSED` and `MESSAGE_GONE` are for the desk to mend; `NO_RIGHTS` (we may not
 * do that there, or are there no more) and `PLATFORM_REFUSED` are never retried as they are.
 */
export interface DeskChannel {
  readonly limits: { text: number; title: number; label: number; sentFileBytes: number; fetchedFileBytes: number }
  /** Where staff opens a topic, or a message of it. Asks nobody: it may be gone. */
  linkTo(place: Required<DeskPlace>, message?: string): string
  /** Opens a topic and answers its id. */
  openTopic(forum: string, title: string): Promise<string>
  /** A title that it has already is no failure; neither is a topic that is closed, open or gone already as is wished. */
  renameTopic(place: Required<DeskPlace>, title: string): Promise<void>
  closeTopic(place: Required<DeskPlace>): Promise<void>
  reopenTopic(place: Required<DeskPlace>): Promise<void>
  /** With all that was said in it. */
  deleteTopic(place: Required<DeskPlace>): Promise<void>
  /**
   * `file` opens a shown file by its id (by its bytes: a platform's id of it is another bot's). It waits for its turn in the forum's rate.
   * Answers the messages shown by this call. Without `progress` a try after a failure shows everything again.
   */
  post(
    place: DeskPlace,
    message: DeskMessage,
    file: (id: string) => Promise<FileToSend>,
    progress?: PostProgress,
  ): Promise<Posted>
  /** Changes words and buttons of one message of ours; that they are so already is no failure. */
  edit(place: DeskPlace, message: string, now: Pick<DeskMessage, 'text' | 'buttons'>): Promise<void>
  pin(place: DeskPlace, message: string): Promise<void>
  /** A sign on a message of a consultant that the resident did not get it; the words are posted apart. */
  mark(place: DeskPlace, message: string): Promise<void>
  typing(place: DeskPlace): Promise<void>
  /** Fails with `FILE_TOO_LARGE` or `FILE_GONE`, never retried, or with `PLATFORM_DOWN`. */
  fetchFile(ref: string): Promise<Uint8Array>
  /**
   * Hands over what happens in the forums, in order, one at a time; an update is acknowledged only when `onEvent` has answered without failing.
   * Answers how to stop: when that is done, nothing more is handed over. The first call fails with `CONFIG` when the token is refused.
   */
  listen(onEvent: (event: StaffEvent) => Promise<StaffAnswer>): Promise<() => Promise<void>>
}
