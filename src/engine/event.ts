import type { Language } from '../domain/language.ts'

export type Messenger = 'telegram' | 'vk'

/** The address of a chat in one messenger: `telegram:5551234`, `vk:77`. */
export type ChatId = `${Messenger}:${string}`

export const messengerOf = (chat: ChatId): Messenger => (chat.startsWith('vk:') ? 'vk' : 'telegram')

/**
 * Whatever happens to a conversation. `id` is unique in the world and the same however often the platform tells of it
 * (`tg:<bot>:<update_id>`, `vk:<group>:<peer>:<conversation_message_id>`, `due:<timer>:<instant>`), so an event is taken once.
 */
export interface Event {
  id: string
  chat: ChatId
  at: Date
  input: Input
  /** What the messenger told of the chat's own abilities and language, when it did. */
  chatFacts?: ChatFacts
}

/** Whether an event is no turn: it is told to whoever may want to know, and forgotten. */
export const movesNothing = ({ input }: Event): boolean => input.kind === 'typing'

/** `textButtonsOnly`: an old VK client, whose buttons come back as words with a payload and cannot be edited in place. */
export interface ChatFacts {
  language?: Language
  textButtonsOnly?: boolean
}

/** A place on the map. `title`: what it is called, with its address, when whoever sent it has chosen it by that. */
export interface GeoPoint {
  latitude: number
  longitude: number
  title?: string
}

/**
 * `message` is the platform's id of the message it came in (or, for a choice, of the message the button sits under), `repliesTo` that of the
 * message it answers. Pieces of an album come one by one, each with the `album`'s id.
 * Words and files may come with a `location`; of a place that comes alone the platform may not tell where it is.
 */
export type Input =
  | { kind: 'start'; payload?: string }
  | { kind: 'text'; text: string; message: string; repliesTo?: string; location?: GeoPoint }
  | { kind: 'choice'; token: string; message?: string }
  | {
      kind: 'files'
      files: InboundFile[]
      caption?: string
      message: string
      repliesTo?: string
      album?: string
      location?: GeoPoint
    }
  | { kind: 'contact'; message: string }
  | ({ kind: 'location'; message: string; repliesTo?: string } & Partial<GeoPoint>)
  | { kind: 'edited'; text: string; message: string }
  | { kind: 'unsupported'; message: string }
  /** Somebody spoke to the bot in a group or a multi-person chat: refused politely, nothing else is done there. */
  | { kind: 'group' }
  /** A person of the centre has answered in this chat from the messenger's own inbox, past us. */
  | { kind: 'fromAdmin'; admin: string; text: string; files: InboundFile[]; location?: GeoPoint; message: string }
  /** The resident is writing just now. Told at once to whoever talks with him, never kept. */
  | { kind: 'typing' }
  | { kind: 'blocked' }
  | { kind: 'unblocked' }
  | { kind: 'due'; timer: string; what: Due }

/** `ref` is what `Channel.fetchFile` needs to get the bytes later; `size` in bytes, when the platform told it. */
export interface InboundFile {
  kind: 'photo' | 'document' | 'voice' | 'video'
  ref: string
  name: string
  size?: number
}

/**
 * What has fallen due: a resident who left a place unanswered, a file that a job has fetched or had to refuse, or news that did not begin
 * in this chat: the dialog that tells them, and what they are about (an id); `notice`: the notice that is told by it,
 * `mailing`: it is one of very many. A summons takes the chat over wherever it stands: what was half
 * done is parked, and the dialog is opened with what it is about; the dialog itself is told of it when the chat stands there.
 */
export type Due =
  | { kind: 'idle'; stamp: number }
  | { kind: 'news'; dialog: string; about: string; notice?: string; mailing?: true }
  | { kind: 'summons'; dialog: string; about: { line: string } }
  | { kind: 'file'; file: string; state: 'stored' | 'refused'; reason?: FileRefusal }

/**
 * Why a file is not kept. `notAPicture`: of a reading's photo. Of papers: `wrongKind`, `archive`, `office` (what they are instead), `locked` (a PDF under
 * a password), `broken` (cannot be opened), `hugePicture` (too many pixels), `tooMuch` (with the others). `infected`: by the virus scanner.
 */
export const fileRefusals = [
  ...(['empty', 'tooLarge', 'notAPicture', 'unavailable', 'infected'] as const),
  ...(['wrongKind', 'archive', 'office', 'locked', 'broken', 'hugePicture', 'tooMuch'] as const),
] as const
export type FileRefusal = (typeof fileRefusals)[number]
