import { randomBytes } from 'node:crypto'
import type { Kept } from '../world/state.ts'
import type { VkKeyboard, VkMessage, VkUpdate } from './shapes.ts'

/** One community: its conversations by peer, and the events of its Long Poll. */
export interface VkState {
  groupId: number
  nextMessageId: number
  nextChat: number
  nextMedia: number
  chats: Record<string, VkChat>
  /** Uploaded and saved attachments by `photo-1_2`, `doc-1_3` (a voice message is a document too); `key` is their access key. */
  media: Record<string, { type: 'photo' | 'doc' | 'audio_message'; file: string; key: string }>
  presses: Record<string, { at: number; person: number; peer: number }>
  longPoll: {
    key: string
    /** The number of the newest event; a client that knows `ts` is told of those after it. */
    ts: number
    /** Those up to here are forgotten: a client that knows less is told `failed: 1`. */
    forgotten: number
    events: { ts: number; update: VkUpdate }[]
    enabled: boolean
    version: string
    switches: Record<string, boolean>
  }
}

export interface VkChat {
  peer: number
  /** The last conversation_message_id. */
  cmid: number
  /** A community may write to those who wrote first or allowed it, until they deny it. */
  allowed: boolean
  left?: true
  messages: Kept<VkMessage>[]
  keyboard?: VkKeyboard
  /** `random_id`s of the last messages, by which a repeat is known. */
  randoms: { randomId: number; messageId: number; cmid: number; at: number }[]
  inRead: number
  toast?: { text: string; alert: boolean; at: number }
  /** What the community last showed to be doing: `typing`, `audiomessage`, …; in milliseconds since 1970. */
  busy?: { action: string; at: number }
}

/** The kinds of events that are on in a community set up as the README says. */
const switchedOn = ['message_new', 'message_reply', 'message_edit', 'message_allow', 'message_deny', 'message_event']

export const newVk = (groupId: number): VkState => ({
  groupId,
  nextMessageId: 1,
  nextChat: 1,
  nextMedia: 457_239_001,
  chats: {},
  media: {},
  presses: {},
  longPoll: {
    key: newKey(),
    ts: 1,
    forgotten: 0,
    events: [],
    enabled: true,
    version: '5.199',
    switches: Object.fromEntries(switchedOn.map((name) => [name, true])),
  },
})

export const newVkChat = (peer: number): VkChat => ({
  peer,
  cmid: 0,
  allowed: false,
  messages: [],
  randoms: [],
  inRead: 0,
})

export const newKey = () => randomBytes(20).toString('hex')

export function skipVkIds(state: VkState, by: number): void {
  state.nextMessageId += by
  state.nextMedia += by
  for (const chat of Object.values(state.chats)) chat.cmid += by
  // The events told of by the killed process cannot be told again: a client that has seen them must read the history.
  state.longPoll.ts += by
  state.longPoll.forgotten = state.longPoll.ts
  state.longPoll.events = []
}
