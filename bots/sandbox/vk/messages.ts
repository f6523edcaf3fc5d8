import type { World } from '../world/world.ts'
import { seconds } from './call.ts'
import type { VkMessage } from './shapes.ts'
import type { VkChat } from './state.ts'

const KEPT = 1000

/** Adds a message to a conversation under the next numbers. */
export function addMessage(
  world: World,
  chat: VkChat,
  from: number,
  content: Partial<VkMessage> & { text: string },
): VkMessage {
  const { vk } = world.state
  chat.cmid += 1
  const message: VkMessage = {
    id: vk.nextMessageId++,
    conversation_message_id: chat.cmid,
    peer_id: chat.peer,
    from_id: from,
    date: seconds(),
    out: from === -vk.groupId ? 1 : 0,
    version: vk.nextMessageId,
    attachments: [],
    fwd_messages: [],
    important: false,
    is_hidden: false,
    random_id: 0,
    ...content,
  }
  chat.messages.push({ body: message })
  if (chat.messages.length > KEPT) chat.messages.splice(0, chat.messages.length - KEPT)
  return message
}
