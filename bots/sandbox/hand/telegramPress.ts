import { randomInt } from 'node:crypto'
import { userOf } from '../telegram/bots.ts'
import { forgetOldPresses } from '../telegram/presses.ts'
import type { Chat, TelegramMessage } from '../telegram/shapes.ts'
import type { TelegramBot } from '../telegram/state.ts'
import type { Updates } from '../telegram/updates.ts'
import type { Person } from '../world/people.ts'
import type { Kept } from '../world/state.ts'

interface Press {
  person: Person
  chat: Chat
  messages: Kept<TelegramMessage>[]
  /** Where the button sits. */
  message: string
  token: string
}

/** Tells a bot that an inline button was pressed; of a deleted message only the place is told. */
export function tellPress(updates: Updates, bot: TelegramBot, { person, chat, messages, message, token }: Press): void {
  const id = String(10n ** 17n + BigInt(randomInt(2 ** 47)))
  const kept = messages.find((one) => String(one.body.message_id) === message)
  forgetOldPresses(bot.presses)
  bot.presses[id] = { at: Date.now(), person: person.id, ...(chat.type === 'private' ? {} : { group: chat.id }) }
  updates.push(bot, {
    callback_query: {
      id,
      from: userOf(person),
      message: kept && !kept.deleted ? kept.body : { chat, message_id: Number(message), date: 0 },
      chat_instance: String(bot.id * 7 + (chat.type === 'private' ? person.id : chat.id)),
      data: token,
    },
  })
}
