import { isDeepStrictEqual } from 'node:util'
import { Refused } from '../refused.ts'
import type { Kept } from '../world/state.ts'
import { seconds } from './bots.ts'
import { placeOfCall, seen, type TelegramCall, type TelegramMethod } from './call.ts'
import { captionOf, textOf } from './sending.ts'
import type { TelegramMessage } from './shapes.ts'

const DELETABLE_SECONDS = 48 * 3600

export const editing: Record<string, TelegramMethod> = {
  editMessageText: (call) =>
    edit(call, (body) => {
      if (body.text === undefined) throw new Refused(400, 'Bad Request: there is no text in the message to edit')
      const { text: _, entities: __, ...rest } = body
      return { ...rest, ...textOf(call) }
    }),
  editMessageCaption: (call) =>
    edit(call, (body) => {
      if (!body.photo && !body.document && !body.voice && !body.video)
        throw new Refused(400, 'Bad Request: there is no caption in the message to edit')
      const { caption: _, caption_entities: __, ...rest } = body
      return { ...rest, ...captionOf(call.params) }
    }),
  editMessageReplyMarkup: (call) => edit(call, (body) => body),
  deleteMessage: (call) => erase(call, [call.params.message_id]),
}

/** An edit without a keyboard takes the keyboard away. */
function edit(call: TelegramCall, change: (body: TelegramMessage) => TelegramMessage): TelegramMessage {
  const place = placeOfCall(call)
  const found = find(place.messages, call.params.message_id)
  if (!found) throw new Refused(400, 'Bad Request: message to edit not found')
  if (found.body.from.id !== call.bot.id) throw new Refused(400, "Bad Request: message can't be edited")
  const { reply_markup: _, ...changed } = change(found.body)
  const markup = call.params.reply_markup
  const body: TelegramMessage =
    markup && 'inline_keyboard' in markup && markup.inline_keyboard.length > 0
      ? { ...changed, reply_markup: { inline_keyboard: markup.inline_keyboard } }
      : changed
  if (isDeepStrictEqual(body, found.body)) {
    throw new Refused(
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  }
  // Clients do not mark a message as edited when only its buttons change.
  found.body = changed === found.body ? body : { ...body, edit_date: seconds() }
  seen(call.world, place)
  return found.body
}

/**
 * A bot may delete its own messages up to 48 hours old, those of the person in a private chat, and in a group any when it has
 * the right to; never the message that tells of a topic's making.
 */
function erase(call: TelegramCall, ids: number[]): true {
  const place = placeOfCall(call)
  for (const id of ids) {
    const found = find(place.messages, id)
    if (!found) throw new Refused(400, 'Bad Request: message to delete not found')
    const mayDelete = found.body.from.id === call.bot.id || place.group?.forum?.rights[call.bot.id]?.can_delete_messages
    if (found.body.forum_topic_created || (place.group && !mayDelete))
      throw new Refused(400, "Bad Request: message can't be deleted")
    if (seconds() - found.body.date > DELETABLE_SECONDS)
      throw new Refused(400, "Bad Request: message can't be deleted for everyone")
    found.deleted = true
  }
  seen(call.world, place)
  return true
}

const find = (messages: Kept<TelegramMessage>[], id: number) =>
  messages.find((one) => one.body.message_id === id && !one.deleted)
