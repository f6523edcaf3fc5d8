import { chatWith } from '../telegram/bots.ts'
import { serviceNameOf, serviceOf } from '../telegram/hearing.ts'
import { fileByRef } from '../telegram/media.ts'
import type { InlineButton, ReplyKeyboard, TelegramMessage } from '../telegram/shapes.ts'
import type { TelegramBot } from '../telegram/state.ts'
import type { Person } from '../world/people.ts'
import type { Kept } from '../world/state.ts'
import type { World } from '../world/world.ts'
import type { SeenButton, SeenChat, SeenFile, SeenMessage } from './seen.ts'

export function seenTelegram(world: World, bot: TelegramBot, person: Person): SeenChat {
  const chat = chatWith(bot, person)
  return {
    revision: world.news.revision('telegram', person.id),
    started: chat.opened,
    blocked: chat.blocked,
    messages: chat.messages.map((kept) => seenTelegramMessage(world, bot, kept)),
    keyboard: chat.keyboard?.keyboard.map((row) => row.map(replyButton)) ?? [],
    commands: commandsFor(bot, person),
    ...(chat.toast ? { toast: chat.toast } : {}),
    ...(chat.busy ? { busy: chat.busy } : {}),
  }
}

export function seenTelegramMessage(
  world: World,
  bot: TelegramBot,
  { body, deleted, reaction }: Kept<TelegramMessage>,
): SeenMessage {
  const service = serviceOf(body)
  const serviceAbout = serviceNameOf(body)
  const { reply_to_message: reply, media_group_id: album } = body
  return {
    id: String(body.message_id),
    from: body.from.is_bot ? 'bot' : 'resident',
    author: body.from.first_name,
    text: body.text ?? body.caption ?? body.venue?.title ?? '',
    entities: body.entities ?? body.caption_entities ?? [],
    buttons: body.reply_markup?.inline_keyboard.map((row) => row.map(inlineButton)) ?? [],
    files: filesOf(world, bot, body),
    edited: body.edit_date !== undefined,
    deleted: deleted ?? false,
    at: body.date * 1000,
    ...(body.sticker ? { sticker: body.sticker.emoji } : {}),
    ...(body.location ? { location: body.location } : {}),
    ...(body.contact ? { contact: body.contact.phone_number } : {}),
    // In a topic everything that answers nothing is a reply to the message of its making.
    ...(reply && !reply.forum_topic_created ? { replyTo: String(reply.message_id) } : {}),
    ...(album ? { album } : {}),
    ...(service ? { service } : {}),
    ...(serviceAbout === undefined ? {} : { serviceAbout }),
    ...(reaction ? { reaction } : {}),
  }
}

function filesOf(world: World, bot: TelegramBot, body: TelegramMessage): SeenFile[] {
  const meta = body.photo?.at(-1) ?? body.document ?? body.voice ?? body.video
  const file = meta && fileByRef(world, bot, meta.file_id)
  if (!file) return []
  const kind = body.photo ? 'photo' : body.voice ? 'voice' : body.video ? 'video' : 'document'
  const { name, mime, size, width, height } = file
  return [{ kind, name, mime, size, url: `/sandbox/file/${file.id}`, ...(width && height ? { width, height } : {}) }]
}

function inlineButton({ text, callback_data: token, url }: InlineButton): SeenButton {
  if (token !== undefined) return { label: text, kind: 'callback', token }
  return url === undefined ? { label: text, kind: 'other' } : { label: text, kind: 'link', link: url }
}

function replyButton(button: ReplyKeyboard['keyboard'][number][number]): SeenButton {
  const kind = button.request_contact ? 'contact' : button.request_location ? 'location' : 'text'
  return { label: button.text, kind }
}

/** The narrowest scope wins, and within it the person's own language. */
function commandsFor(bot: TelegramBot, person: Person): SeenChat['commands'] {
  const scopes = [`chat:${person.telegramId}`, 'all_private_chats:', 'default:']
  const keys = scopes.flatMap((scope) => [`${scope}:${person.language}`, `${scope}:`])
  for (const key of keys) {
    const found = bot.commands[key]
    if (found) return found
  }
  return []
}
