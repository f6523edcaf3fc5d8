import { randomInt } from 'node:crypto'
import { Refused } from '../refused.ts'
import { botUser, keep, seconds } from './bots.ts'
import { placeOfCall, seen, type TelegramCall, type TelegramMethod } from './call.ts'
import { documentOf, photoOf, sentFile, videoOf, voiceOf } from './media.ts'
import type { Place } from './places.ts'
import type { Entity, TelegramMessage } from './shapes.ts'
import { shownAsReply, standing, topicOfCall } from './threads.ts'

type Content = () => Partial<TelegramMessage>

export const sending: Record<string, TelegramMethod> = {
  sendMessage: (call) => postOne(call, () => textOf(call)),
  sendPhoto: (call) =>
    postOne(
      call,
      captioned(call, () => photoContent(call, 'photo', call.params.photo)),
    ),
  sendDocument: (call) =>
    postOne(
      call,
      captioned(call, () => ({ document: documentOf(call.bot, sentFile(call, 'document', call.params.document)) })),
    ),
  sendVoice: (call) =>
    postOne(
      call,
      captioned(call, () => ({
        voice: voiceOf(call.bot, sentFile(call, 'voice', call.params.voice), call.params.duration),
      })),
    ),
  sendVideo: (call) =>
    postOne(
      call,
      captioned(call, () => ({
        video: videoOf(call.bot, sentFile(call, 'video', call.params.video), call.params.duration),
      })),
    ),
  sendLocation: (call) =>
    postOne(call, () => ({ location: { latitude: call.params.latitude, longitude: call.params.longitude } })),
  sendMediaGroup: (call) => post(call, albumOf(call)),
  sendChatAction: (call) => {
    const place = placeOfCall(call)
    const topic = topicOfCall(call, place)
    const holder = topic ?? place.group?.forum ?? place.own?.state
    if (holder) holder.busy = { action: call.params.action, at: Date.now() }
    seen(call.world, place)
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

const captioned =
  (call: TelegramCall, content: Content): Content =>
  () => ({ ...captionOf(call.params), ...content() })

const photoContent = (call: TelegramCall, part: string, value: string): Partial<TelegramMessage> => ({
  photo: photoOf(call.bot, sentFile(call, part, value)),
})

function albumOf(call: TelegramCall): Content[] {
  const albumId = String(10n ** 16n + BigInt(randomInt(2 ** 47)))
  return call.params.media.map((item) => () => {
    const part = item.media.replace('attach://', '')
    const common = { ...captionOf(item), media_group_id: albumId }
    switch (item.type) {
      case 'photo':
        return { ...common, ...photoContent(call, part, item.media) }
      case 'document':
        return { ...common, document: documentOf(call.bot, sentFile(call, part, item.media)) }
      case 'video':
        return { ...common, video: videoOf(call.bot, sentFile(call, part, item.media), undefined) }
      default:
        throw new Refused(400, `Bad Request: the sandbox sends no ${item.type}`)
    }
  })
}

function postOne(call: TelegramCall, content: Content): TelegramMessage | undefined {
  return post(call, [content])[0]
}

/** Posts the messages of an album, or one; a group's limit refuses them all together. */
function post(call: TelegramCall, contents: Content[]): TelegramMessage[] {
  const { world, bot, rate, residentRate } = call
  const place = placeOfCall(call)
  const replied = repliedTo(call, place)
  const topic = topicOfCall(call, place, replied)
  if (place.group) rate.admit(bot.id, place.group.id, contents.length)
  if (place.own) residentRate.admitTelegram(bot.id, place.own.person.id)
  const made = contents.map((content) => content())
  const messages = made.map((content): TelegramMessage => {
    const message: TelegramMessage = {
      message_id: place.nextId(),
      from: botUser(world, bot),
      chat: place.chat,
      date: seconds(),
      ...(place.group ? standing(place.messages, topic, replied) : replied ? { reply_to_message: replied } : {}),
      ...content,
      ...applyMarkup(call, place),
    }
    keep(place.messages, message)
    if (place.group) rate.count(bot.id, place.group.id)
    return message
  })
  seen(world, place)
  return messages
}

function repliedTo({ params }: TelegramCall, place: Place): TelegramMessage | undefined {
  const reply = params.reply_parameters
  if (!reply) return undefined
  const target = place.messages.find((one) => one.body.message_id === reply.message_id && !one.deleted)
  if (!target && !reply.allow_sending_without_reply)
    throw new Refused(400, 'Bad Request: message to be replied not found')
  return target && shownAsReply(target.body)
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
