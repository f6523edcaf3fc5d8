import { Refused } from '../refused.ts'
import { botUser, keep, seconds } from './bots.ts'
import { placeOfCall, seen, type TelegramCall, type TelegramMethod } from './call.ts'
import { documentOf, photoOf, sentFile } from './media.ts'
import type { Place } from './places.ts'
import type { Entity, TelegramMessage } from './shapes.ts'

export const sending: Record<string, TelegramMethod> = {
  sendMessage: (call) => post(call, textOf(call)),
  sendPhoto: (call) =>
    post(call, { ...captionOf(call.params), photo: photoOf(call.bot, sentFile(call, 'photo', call.params.photo)) }),
  sendDocument: (call) =>
    post(call, {
      ...captionOf(call.params),
      document: documentOf(call.bot, sentFile(call, 'document', call.params.document)),
    }),
  sendMediaGroup,
  sendChatAction: (call) => {
    placeOfCall(call)
    return true
  },
}

/** Trailing blanks are cut off, as Telegram does. */
export function textOf({ params }: TelegramCall): { text: string; entities?: Entity[] } {
  const text = params.text.trimEnd()
  return { text, ...(params.entities?.length ? { entities: params.entities } : {}) }
}

export function captionOf(from: { caption?: string; caption_entities?: Entity[] }): {
  caption?: string
  caption_entities?: Entity[]
} {
  if (!from.caption) return {}
  return {
    caption: from.caption,
    ...(from.caption_entities?.length ? { caption_entities: from.caption_entities } : {}),
  }
}

function sendMediaGroup(call: TelegramCall): TelegramMessage[] {
  const albumId = String(Date.now())
  return call.params.media.map((item) => {
    if (item.type !== 'photo' && item.type !== 'document')
      throw new Refused(400, `Bad Request: the sandbox sends no ${item.type}`)
    const file = sentFile(call, item.media.replace('attach://', ''), item.media)
    const content =
      item.type === 'photo' ? { photo: photoOf(call.bot, file) } : { document: documentOf(call.bot, file) }
    return post(call, { ...captionOf(item), ...content, media_group_id: albumId })
  })
}

function post(call: TelegramCall, content: Partial<TelegramMessage>): TelegramMessage {
  const { world, bot } = call
  const place = placeOfCall(call)
  const replied = repliedTo(call, place)
  const message: TelegramMessage = {
    message_id: place.nextId(),
    from: botUser(world, bot),
    chat: place.chat,
    date: seconds(),
    ...(replied ? { reply_to_message: replied } : {}),
    ...content,
    ...applyMarkup(call, place),
  }
  keep(place.messages, message)
  seen(world, place)
  return message
}

function repliedTo({ params }: TelegramCall, place: Place): TelegramMessage | undefined {
  const reply = params.reply_parameters
  if (!reply) return undefined
  const target = place.messages.find((one) => one.body.message_id === reply.message_id && !one.deleted)
  if (!target && !reply.allow_sending_without_reply)
    throw new Refused(400, 'Bad Request: message to be replied not found')
  if (!target) return undefined
  const { reply_to_message: _, ...body } = target.body
  return body
}

/** An inline keyboard stays with its message; a reply keyboard changes the chat's. */
function applyMarkup({ params }: TelegramCall, place: Place): Pick<TelegramMessage, 'reply_markup'> {
  const markup = params.reply_markup
  if (!markup) return {}
  if ('inline_keyboard' in markup) return { reply_markup: { inline_keyboard: markup.inline_keyboard } }
  const own = place.own?.state
  if (own && 'keyboard' in markup) own.keyboard = markup
  if (own && 'remove_keyboard' in markup) delete own.keyboard
  return {}
}
