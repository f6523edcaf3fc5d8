import { chatWith, keep, privateChat, residentsBot, seconds, userOf } from '../telegram/bots.ts'
import { metaOf } from '../telegram/media.ts'
import type { TelegramMessage } from '../telegram/shapes.ts'
import type { TelegramBot, TelegramChat } from '../telegram/state.ts'
import { shownAsReply } from '../telegram/threads.ts'
import type { Updates } from '../telegram/updates.ts'
import type { Person } from '../world/people.ts'
import type { World } from '../world/world.ts'
import { type Act, CannotDo, homeLocation, venueOf } from './acts.ts'
import { findButton } from './buttons.ts'
import { seenTelegram } from './seenTelegram.ts'
import { filesContent, textContent } from './telegramContent.ts'
import { sayInTelegramGroup, tellMembership } from './telegramGroup.ts'
import { tellPress } from './telegramPress.ts'

interface Phone {
  world: World
  updates: Updates
  bot: TelegramBot
  person: Person
  chat: TelegramChat
}

/** Does what a person does in Telegram, and tells the residents' bot by updates. Answers the id of the message it made. */
export function actInTelegram(world: World, updates: Updates, person: Person, act: Act): { message?: string } {
  const bot = residentsBot(world)
  const phone: Phone = { world, updates, bot, person, chat: chatWith(bot, person) }
  const id = perform(phone, act)
  world.chatChanged('telegram', person)
  return id === undefined ? {} : { message: String(id) }
}

function perform(phone: Phone, act: Act): number | undefined {
  const { world, updates, bot, person, chat } = phone
  switch (act.do) {
    case 'start':
      // Pressing «Старт» in a blocked chat is «Перезапустить»: it unblocks.
      if (chat.blocked) setBlocked(phone, false)
      return write(phone, textContent(act.payload ? `/start ${act.payload}` : '/start'))
    case 'say':
      return write(phone, textContent(act.text), act.replyTo)
    case 'press':
      return press(phone, act)
    case 'edit':
      return edit(phone, act.message, act.text)
    case 'erase':
      // Bots are not told.
      own(phone, act.message).deleted = true
      return undefined
    case 'send':
      return filesContent(world, bot, act.files, act.caption)
        .map((content) => write(phone, content, act.replyTo))
        .at(-1)
    case 'sticker':
      return write(phone, {
        sticker: {
          ...metaOf(bot, sticker(world), 'k'),
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
          emoji: '👍',
        },
      })
    case 'location':
      return write(phone, venueOf(act), act.replyTo)
    case 'contact':
      return write(phone, contactOf(person))
    case 'block':
    case 'unblock':
      setBlocked(phone, act.do === 'block')
      return undefined
    case 'sayInGroup':
      return sayInTelegramGroup(world, updates, bot, person, act.text)
    case 'typing':
    case 'adminSays':
      throw new CannotDo('this is of VK only')
  }
}

function write({ updates, bot, person, chat }: Phone, content: Partial<TelegramMessage>, replyTo?: string): number {
  if (chat.blocked) throw new CannotDo('the bot is blocked')
  const replied = chat.messages.find((one) => String(one.body.message_id) === replyTo && !one.deleted)
  if (replyTo !== undefined && !replied) throw new CannotDo('no such message')
  chat.opened = true
  const message: TelegramMessage = {
    message_id: bot.nextMessageId++,
    from: userOf(person),
    chat: privateChat(person),
    date: seconds(),
    ...(replied ? { reply_to_message: shownAsReply(replied.body) } : {}),
    ...content,
  }
  keep(chat.messages, message)
  updates.push(bot, { message })
  return message.message_id
}

function press(phone: Phone, act: Extract<Act, { do: 'press' }>): number | undefined {
  const { world, updates, bot, person, chat } = phone
  if (chat.blocked) throw new CannotDo('the bot is blocked')
  const { button, message } = findButton(seenTelegram(world, bot, person), act)
  if (button.kind === 'contact') return write(phone, contactOf(person))
  if (button.kind === 'location') return write(phone, { location: homeLocation })
  if (message === undefined) return write(phone, { text: button.label })
  if (button.token === undefined) return undefined
  tellPress(updates, bot, {
    ...{ person, message },
    chat: privateChat(person),
    messages: chat.messages,
    token: button.token,
  })
  return undefined
}

function own({ chat, person }: Phone, id: string) {
  const found = chat.messages.find((one) => String(one.body.message_id) === id && !one.deleted)
  if (found?.body.from.id !== person.telegramId) throw new CannotDo('not a message of his own')
  return found
}

function edit(phone: Phone, id: string, text: string): number {
  const found = own(phone, id)
  const isText = found.body.text !== undefined
  found.body = { ...found.body, ...(isText ? { text } : { caption: text }), edit_date: seconds() }
  phone.updates.push(phone.bot, { edited_message: found.body })
  return found.body.message_id
}

function setBlocked({ updates, bot, person, chat }: Phone, blocked: boolean): void {
  if (chat.blocked === blocked) return
  chat.blocked = blocked
  tellMembership(updates, bot, person, privateChat(person), blocked ? ['member', 'kicked'] : ['kicked', 'member'])
}

const sticker = (world: World) => world.files.add('sticker.webp', Buffer.from('sticker'))

const contactOf = (person: Person): Partial<TelegramMessage> => ({
  contact: {
    phone_number: '+79000000000',
    first_name: person.firstName,
    last_name: person.lastName,
    user_id: person.telegramId,
  },
})
