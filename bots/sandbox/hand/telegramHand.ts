import { randomInt } from 'node:crypto'
import { chatWith, keep, privateChat, residentsBot, seconds, userOf } from '../telegram/bots.ts'
import { documentOf, metaOf, photoOf } from '../telegram/media.ts'
import { forgetOldPresses } from '../telegram/presses.ts'
import type { CallbackQuery, TelegramMessage } from '../telegram/shapes.ts'
import type { TelegramBot, TelegramChat } from '../telegram/state.ts'
import type { Updates } from '../telegram/updates.ts'
import type { Person } from '../world/people.ts'
import type { World } from '../world/world.ts'
import { type Act, CannotDo, homeLocation, type SentFile } from './acts.ts'
import { findButton } from './buttons.ts'
import { seenTelegram } from './seenTelegram.ts'
import { sayInTelegramGroup, tellMembership } from './telegramGroup.ts'

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
      return write(phone, command(act.payload ? `/start ${act.payload}` : '/start'))
    case 'say':
      return write(phone, command(act.text))
    case 'press':
      return press(phone, act)
    case 'edit':
      return edit(phone, act.message, act.text)
    case 'erase':
      // Bots are not told.
      own(phone, act.message).deleted = true
      return undefined
    case 'send':
      return send(phone, act.files, act.caption)
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
      return write(phone, {
        location: {
          latitude: act.latitude ?? homeLocation.latitude,
          longitude: act.longitude ?? homeLocation.longitude,
        },
      })
    case 'contact':
      return write(phone, contactOf(person))
    case 'block':
    case 'unblock':
      setBlocked(phone, act.do === 'block')
      return undefined
    case 'sayInGroup':
      return sayInTelegramGroup(world, updates, bot, person, act.text)
  }
}

function write({ world: _, updates, bot, person, chat }: Phone, content: Partial<TelegramMessage>): number {
  if (chat.blocked) throw new CannotDo('the bot is blocked')
  chat.opened = true
  const message: TelegramMessage = {
    message_id: bot.nextMessageId++,
    from: userOf(person),
    chat: privateChat(person),
    date: seconds(),
    ...content,
  }
  keep(chat.messages, message)
  updates.push(bot, { message })
  return message.message_id
}

/** A command is marked as one by the client. */
function command(text: string): Partial<TelegramMessage> {
  const word = /^\/[A-Za-z0-9_]{1,32}/.exec(text)?.[0]
  return word ? { text, entities: [{ type: 'bot_command', offset: 0, length: word.length }] } : { text }
}

function press(phone: Phone, act: Extract<Act, { do: 'press' }>): number | undefined {
  const { world, updates, bot, person, chat } = phone
  if (chat.blocked) throw new CannotDo('the bot is blocked')
  const { button, message } = findButton(seenTelegram(world, bot, person), act)
  if (button.kind === 'contact') return write(phone, contactOf(person))
  if (button.kind === 'location') return write(phone, { location: homeLocation })
  if (message === undefined) return write(phone, { text: button.label })
  if (button.token === undefined) return undefined
  const id = String(10n ** 17n + BigInt(randomInt(2 ** 47)))
  const kept = chat.messages.find((one) => String(one.body.message_id) === message)
  forgetOldPresses(bot.presses)
  bot.presses[id] = { at: Date.now(), person: person.id }
  const query: CallbackQuery = {
    id,
    from: userOf(person),
    // Of a deleted message only the place is told.
    message: kept && !kept.deleted ? kept.body : { chat: privateChat(person), message_id: Number(message), date: 0 },
    chat_instance: String(bot.id * 7 + person.id),
    data: button.token,
  }
  updates.push(bot, { callback_query: query })
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

function send(phone: Phone, files: SentFile[], caption: string | undefined): number | undefined {
  const album = files.length > 1 ? { media_group_id: String(10n ** 16n + BigInt(randomInt(2 ** 47))) } : {}
  let last: number | undefined
  for (const [at, file] of files.entries()) {
    last = write(phone, { ...content(phone, file), ...album, ...(caption && at === 0 ? { caption } : {}) })
  }
  return last
}

function content({ world, bot }: Phone, sent: SentFile): Partial<TelegramMessage> {
  const file = world.files.add(sent.name, Buffer.from(sent.base64, 'base64'))
  if (sent.kind === 'voice') return { voice: { ...metaOf(bot, file, 'v'), duration: 3, mime_type: 'audio/ogg' } }
  // What is no picture can only be sent as a file.
  return sent.kind === 'photo' && file.width ? { photo: photoOf(bot, file) } : { document: documentOf(bot, file) }
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
