import { Refused } from '../refused.ts'
import type { Person } from '../world/people.ts'
import type { Kept } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { chatWith, privateChat } from './bots.ts'
import { groupChat } from './forum.ts'
import type { Chat, TelegramMessage } from './shapes.ts'
import type { TelegramBot, TelegramChat, TelegramGroup } from './state.ts'

/** Where a bot may write: a private chat or a group. */
export interface Place {
  chat: Chat
  messages: Kept<TelegramMessage>[]
  nextId(): number
  /** The private chat's own state, and whose it is. */
  own?: { state: TelegramChat; person: Person }
  group?: TelegramGroup
}

/** Answers the chat that a bot named, or refuses as Telegram does. */
export function placeOf(world: World, bot: TelegramBot, chatId: number | string): Place {
  const person = world.knownAs('telegram', Number(chatId))
  if (person) return privatePlace(bot, person)
  const group = world.state.telegram.groups[String(chatId)]
  if (!group) throw new Refused(400, 'Bad Request: chat not found')
  if (!group.bots.includes(bot.id)) throw new Refused(403, 'Forbidden: bot was kicked from the supergroup chat')
  return {
    group,
    chat: groupChat(group),
    messages: group.messages,
    nextId: () => group.nextMessageId++,
  }
}

function privatePlace(bot: TelegramBot, person: Person): Place {
  const state = chatWith(bot, person)
  if (!state.opened) throw new Refused(403, "Forbidden: bot can't initiate conversation with a user")
  if (state.blocked) throw new Refused(403, 'Forbidden: bot was blocked by the user')
  return {
    chat: privateChat(person),
    messages: state.messages,
    nextId: () => bot.nextMessageId++,
    own: { state, person },
  }
}
