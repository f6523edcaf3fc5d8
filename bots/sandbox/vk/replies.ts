import { invalid, list, type VkCall } from './call.ts'
import type { VkForeign, VkMessage } from './shapes.ts'
import type { VkChat } from './state.ts'

interface Forward {
  peer_id?: number
  conversation_message_ids?: number[]
  cmids?: number[]
  message_ids?: number[]
  is_reply?: boolean
}

/** Answers what a sent message replies to or forwards: `reply_to`, `forward_messages`, and `forward` (with or without `is_reply`). */
export function repliesOf(
  { world, params }: VkCall,
  chat: VkChat,
): { reply_message?: VkForeign; fwd_messages: VkForeign[] } {
  const { chats } = world.state.vk
  if (params.reply_to)
    return { reply_message: find([chat], [Number(params.reply_to)], [])[0] ?? gone(), fwd_messages: [] }
  if (params.forward) {
    // The text has been checked to be such an object before.
    const forward = JSON.parse(params.forward) as Forward
    const from = forward.peer_id === undefined ? chat : chats[forward.peer_id]
    const cmids = forward.conversation_message_ids ?? forward.cmids ?? []
    const found = find(from ? [from] : [], forward.message_ids ?? [], cmids)
    const [first] = found
    if (!first) return gone()
    if (!forward.is_reply) return { fwd_messages: found }
    if (from !== chat || found.length > 1) throw invalid('forward: a reply is to one message of the same conversation')
    return { reply_message: first, fwd_messages: [] }
  }
  const ids = list(params.forward_messages)
  const found = ids.length > 0 ? find(Object.values(chats), ids, []) : []
  return found.length < ids.length ? gone() : { fwd_messages: found }
}

function find(chats: VkChat[], ids: number[], cmids: number[]): VkForeign[] {
  return chats.flatMap((chat) =>
    chat.messages
      .filter(
        ({ body, deleted }) => !deleted && (ids.includes(body.id) || cmids.includes(body.conversation_message_id)),
      )
      .map(({ body }) => foreign(body)),
  )
}

/** Answers a message as another one shows it. */
export function foreign(body: VkMessage): VkForeign {
  const { id, conversation_message_id, peer_id, from_id, date, text, attachments, geo } = body
  return { id, conversation_message_id, peer_id, from_id, date, text, attachments, ...(geo ? { geo } : {}) }
}

function gone(): never {
  throw invalid('the message to reply to or to forward is not found')
}
