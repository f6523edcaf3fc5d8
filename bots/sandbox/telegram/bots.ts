import type { Person } from '../world/people.ts'
import type { World } from '../world/world.ts'
import type { Chat, TelegramMessage, User } from './shapes.ts'
import { newBot, type TelegramBot, type TelegramChat } from './state.ts'

/** Answers the bot that a token belongs to. */
export function botByToken(world: World, token: string): TelegramBot | undefined {
  return world.tokens.telegram.some((one) => one.token === token) ? botById(world, idOf(token)) : undefined
}

export function botById(world: World, id: number): TelegramBot {
  const bots = world.state.telegram.bots
  const bot = bots[id] ?? newBot(id)
  bots[id] = bot
  return bot
}

/** The bot that residents talk with. */
export function residentsBot(world: World): TelegramBot {
  return botById(world, idOf(world.tokens.telegram[0]?.token ?? '0'))
}

export function botUser(world: World, bot: TelegramBot): User {
  const known = world.tokens.telegram.find((one) => idOf(one.token) === bot.id)
  return { id: bot.id, is_bot: true, first_name: known?.name ?? 'Bot', username: known?.username ?? 'sandbox_bot' }
}

export function chatWith(bot: TelegramBot, person: Person): TelegramChat {
  const chat = bot.chats[person.id] ?? { person: person.id, opened: false, blocked: false, messages: [] }
  bot.chats[person.id] = chat
  return chat
}

export const userOf = (person: Person): User => ({
  id: person.telegramId,
  is_bot: false,
  first_name: person.firstName,
  last_name: person.lastName,
  username: person.username,
  language_code: person.language,
})

export const privateChat = (person: Person): Chat => ({
  id: person.telegramId,
  first_name: person.firstName,
  last_name: person.lastName,
  username: person.username,
  type: 'private',
})

const KEPT = 1000

/** A forum holds the talks of many. */
const KEPT_IN_FORUM = 10_000

/** Keeps a message; very old ones are forgotten. */
export function keep(messages: TelegramChat['messages'], body: TelegramMessage): void {
  messages.push({ body })
  const kept = body.chat.is_forum ? KEPT_IN_FORUM : KEPT
  if (messages.length > kept) messages.splice(0, messages.length - kept)
}

export const seconds = () => Math.floor(Date.now() / 1000)

const idOf = (token: string) => Number(token.split(':')[0])
