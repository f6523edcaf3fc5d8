import { Refused } from '../refused.ts'
import { botUser } from './bots.ts'
import { placeOfCall, seen, type TelegramCall, type TelegramMethod } from './call.ts'
import type { Place } from './places.ts'
import { shownAsReply } from './threads.ts'
import { addService } from './topicChanges.ts'

/** Marks on messages: pins and reactions. */
export const marks: Record<string, TelegramMethod> = {
  pinChatMessage: (call) => {
    const place = pinnable(call)
    const { body } = messageOf(call, place, 'pin')
    const holder = place.group ?? place.own?.state
    if (!holder || holder.pinned?.includes(body.message_id)) return true
    holder.pinned = [...(holder.pinned ?? []), body.message_id]
    if (place.group) {
      const topic = body.is_topic_message ? place.group.forum?.topics[body.message_thread_id ?? 0] : undefined
      addService(place.group, botUser(call.world, call.bot), topic, { pinned_message: shownAsReply(body) })
    }
    seen(call.world, place)
    return true
  },
  unpinChatMessage: (call) => {
    const place = pinnable(call)
    const holder = place.group ?? place.own?.state
    const id =
      call.params.message_id === undefined ? holder?.pinned?.at(-1) : messageOf(call, place, 'unpin').body.message_id
    if (holder) holder.pinned = (holder.pinned ?? []).filter((one) => one !== id)
    seen(call.world, place)
    return true
  },
  setMessageReaction: (call) => {
    const place = placeOfCall(call)
    const kept = messageOf(call, place, 'react')
    const emoji = call.params.reaction?.[0]?.emoji
    if (emoji) kept.reaction = emoji
    else delete kept.reaction
    seen(call.world, place)
    return true
  },
}

function pinnable(call: TelegramCall): Place {
  const place = placeOfCall(call)
  const forum = place.group?.forum
  if (place.group && !forum?.rights[call.bot.id]?.can_pin_messages)
    throw new Refused(400, 'Bad Request: not enough rights to manage pinned messages in the chat')
  return place
}

function messageOf({ params }: TelegramCall, place: Place, what: string) {
  const found = place.messages.find((one) => one.body.message_id === params.message_id && !one.deleted)
  if (!found) throw new Refused(400, `Bad Request: message to ${what} not found`)
  return found
}
