import type { Kept } from '../world/state.ts'
import type { Busy, Forum } from './forum.ts'
import type { BotCommand, InlineKeyboard, ReplyKeyboard, TelegramMessage, Update } from './shapes.ts'

/** Bots by their id; groups by their chat id. A private chat belongs to one bot, a group is seen by all bots in it. */
export interface TelegramState {
  bots: Record<string, TelegramBot>
  groups: Record<string, TelegramGroup>
}

export interface TelegramBot {
  id: number
  nextUpdateId: number
  /** Message ids of all private chats of a bot are one sequence. */
  nextMessageId: number
  /** Not confirmed yet. */
  queue: Update[]
  /** The last ones confirmed, so that one can be told a second time. */
  told: Update[]
  /** `allowed_updates` is remembered from call to call. Empty: all kinds that this sandbox knows. */
  allowed: string[]
  /** By scope and language. */
  commands: Record<string, BotCommand[]>
  /** Name and descriptions by kind and language. */
  texts: Record<string, string>
  menuButton: { type: string }
  chats: Record<string, TelegramChat>
  /** Presses the bot has not answered yet: query id → when, who, and in which group. */
  presses: Record<string, { at: number; person: number; group?: number }>
}

export interface TelegramChat {
  person: number
  /** The person has pressed Start (a bot cannot begin). */
  opened: boolean
  blocked: boolean
  messages: Kept<TelegramMessage>[]
  keyboard?: ReplyKeyboard
  /** What the last answered press showed above the chat. */
  toast?: { text: string; alert: boolean; at: number }
  /** Newest last. */
  pinned?: number[]
  /** When the bot last showed that it is typing or sending. */
  busy?: Busy
}

export interface TelegramGroup {
  id: number
  title: string
  bots: number[]
  nextMessageId: number
  messages: Kept<TelegramMessage>[]
  /** Newest last. */
  pinned?: number[]
  forum?: Forum
}

export type Markup =
  | { inline_keyboard: InlineKeyboard }
  | ReplyKeyboard
  | { remove_keyboard: true }
  | { force_reply: true }

export const newTelegram = (): TelegramState => ({ bots: {}, groups: {} })

export const newBot = (id: number): TelegramBot => ({
  id,
  nextUpdateId: 1001,
  nextMessageId: 1,
  queue: [],
  told: [],
  allowed: [],
  commands: {},
  texts: {},
  menuButton: { type: 'commands' },
  chats: {},
  presses: {},
})

export function skipTelegramIds(state: TelegramState, by: number): void {
  for (const bot of Object.values(state.bots)) {
    bot.nextUpdateId += by
    bot.nextMessageId += by
  }
  for (const group of Object.values(state.groups)) group.nextMessageId += by
}
