import { Refused } from '../refused.ts'
import type { Kept } from '../world/state.ts'
import { attachmentsOf } from './attachments.ts'
import { isTrue, list, peerOf, seconds, seen, type VkCall, type VkMethod, writableChat } from './call.ts'
import { keyboardOf } from './sending.ts'
import type { VkMessage } from './shapes.ts'
import type { VkChat } from './state.ts'

const CHANGEABLE_SECONDS = 24 * 3600

export const editing: Record<string, VkMethod> = {
  'messages.edit': edit,
  'messages.delete': erase,
  'messages.markAsRead': (call) => {
    const chat = writableChat(call.world, peerOf(call))
    chat.inRead = chat.messages.at(-1)?.body.id ?? 0
    return 1
  },
}

/** An edit replaces text, attachments and buttons: what is not given again is gone. */
function edit(call: VkCall): 1 {
  const { world, events, params } = call
  const chat = writableChat(world, peerOf(call))
  const cmid = Number(params.cmid ?? params.conversation_message_id ?? 0)
  const id = Number(params.message_id ?? 0)
  const found = chat.messages.find(
    ({ body, deleted }) => !deleted && (body.id === id || body.conversation_message_id === cmid),
  )
  if (found?.body.out !== 1) throw new Refused(920, "Can't edit this kind of message")
  if (seconds() - found.body.date > CHANGEABLE_SECONDS)
    throw new Refused(909, "Can't edit this message, because it's too old")
  const { keyboard: _, ...rest } = found.body
  const keyboard = keyboardOf(params.keyboard)
  found.body = {
    ...rest,
    text: params.message ?? '',
    attachments: attachmentsOf(call, params.attachment),
    update_time: seconds(),
    ...(keyboard?.inline ? { keyboard: { ...keyboard, author_id: -world.state.vk.groupId } } : {}),
  }
  events.push('message_edit', found.body)
  seen(world, chat)
  return 1
}

interface Erased {
  peer_id: number
  message_id: number
  conversation_message_id: number
  response?: 1
  error?: { code: number; description: string }
}

/** Without `delete_for_all` the person still sees the message. A person's own message cannot be taken from him. */
function erase({ world, params }: VkCall): Erased[] {
  const chats = Object.values(world.state.vk.chats).filter(
    (chat) => !params.peer_id || chat.peer === Number(params.peer_id),
  )
  const ids = list(params.message_ids)
  const cmids = params.peer_id ? list(params.cmids) : []
  const chosen = chats.flatMap((chat) =>
    chat.messages
      .filter(
        ({ body, deleted }) => !deleted && (ids.includes(body.id) || cmids.includes(body.conversation_message_id)),
      )
      .map((message) => ({ chat, message })),
  )
  return chosen.map(({ chat, message }) =>
    eraseOne(chat, message, isTrue(params.delete_for_all), () => seen(world, chat)),
  )
}

function eraseOne(chat: VkChat, message: Kept<VkMessage>, forAll: boolean, done: () => void): Erased {
  const { body } = message
  const named = { peer_id: chat.peer, message_id: body.id, conversation_message_id: body.conversation_message_id }
  if (forAll && (body.out !== 1 || seconds() - body.date > CHANGEABLE_SECONDS)) {
    return { ...named, error: { code: 924, description: "Can't delete this message for everybody" } }
  }
  if (forAll) message.deleted = true
  done()
  return { ...named, response: 1 }
}
