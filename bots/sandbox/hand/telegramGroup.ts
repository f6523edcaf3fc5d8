import { botUser, keep, seconds, userOf } from '../telegram/bots.ts'
import type { Chat, Member, TelegramMessage } from '../telegram/shapes.ts'
import type { TelegramBot, TelegramGroup } from '../telegram/state.ts'
import type { Updates } from '../telegram/updates.ts'
import type { Person } from '../world/people.ts'
import type { World } from '../world/world.ts'

/** A neighbours' group that somebody may add the bot to. */
export const NEIGHBOURS_ID = -1_001_234_500_001

/** Says something in the neighbours' group; the bot is added to it first when it is not there. */
export function sayInTelegramGroup(
  world: World,
  updates: Updates,
  bot: TelegramBot,
  person: Person,
  text: string,
): number {
  const { groups } = world.state.telegram
  const group: TelegramGroup = groups[NEIGHBOURS_ID] ?? {
    id: NEIGHBOURS_ID,
    title: 'Соседи',
    bots: [],
    nextMessageId: 1,
    messages: [],
  }
  groups[NEIGHBOURS_ID] = group
  const chat: Chat = { id: group.id, type: 'supergroup', title: group.title }
  if (!group.bots.includes(bot.id)) {
    group.bots.push(bot.id)
    tellMembership(updates, bot, person, chat, ['left', 'member'], world)
  }
  const message: TelegramMessage = {
    message_id: group.nextMessageId++,
    from: userOf(person),
    chat,
    date: seconds(),
    text,
  }
  keep(group.messages, message)
  updates.push(bot, { message })
  return message.message_id
}

type Status = 'member' | 'kicked' | 'left'

/** Tells the bot that its own standing in a chat has changed: blocked and unblocked in a private one, added and removed in a group. */
export function tellMembership(
  updates: Updates,
  bot: TelegramBot,
  person: Person,
  chat: Chat,
  [before, after]: [Status, Status],
  world?: World,
): void {
  const user = world ? botUser(world, bot) : { id: bot.id, is_bot: true, first_name: 'Bot' }
  const member = (status: Status): Member => (status === 'kicked' ? { status, user, until_date: 0 } : { status, user })
  updates.push(bot, {
    my_chat_member: {
      chat,
      from: userOf(person),
      date: seconds(),
      old_chat_member: member(before),
      new_chat_member: member(after),
    },
  })
}
