import type { World } from '../world/world.ts'
import { invalid, isTrue, list, peerOf, personByVk, type VkCall, type VkMethod } from './call.ts'
import type { VkMessage } from './shapes.ts'
import type { VkChat } from './state.ts'

/** What a community may read of its conversations. */
export const reading: Record<string, VkMethod> = {
  'messages.getConversations': conversations,
  'messages.getConversationsById': ({ world, params }) => {
    const found = list(params.peer_ids).flatMap((peer) => world.state.vk.chats[peer] ?? [])
    return { count: found.length, items: found.map(conversation) }
  },
  'messages.getHistory': history,
  'messages.getById': ({ world, params }) => {
    const ids = list(params.message_ids)
    const cmids = list(params.cmids)
    return counted(
      Object.values(world.state.vk.chats).flatMap((chat) =>
        alive(chat).filter(
          (one) =>
            ids.includes(one.id) ||
            (chat.peer === Number(params.peer_id) && cmids.includes(one.conversation_message_id)),
        ),
      ),
    )
  },
  'messages.getByConversationMessageId': (call) => {
    const cmids = list(call.params.conversation_message_ids)
    return counted(alive(chatOf(call.world, peerOf(call))).filter((one) => cmids.includes(one.conversation_message_id)))
  },
  'users.get': ({ world, params }) =>
    list(params.user_ids).flatMap((id) => {
      const person = personByVk(world, id)
      if (!person) return []
      return { id, first_name: person.firstName, last_name: person.lastName, can_access_closed: true, is_closed: false }
    }),
}

function conversations({ world, params }: VkCall): unknown {
  const all = Object.values(world.state.vk.chats)
    .filter((chat) => alive(chat).length > 0)
    .sort((a, b) => lastId(b) - lastId(a))
  const wanted = all.filter((chat) => {
    if (params.filter === 'unanswered') return isUnanswered(chat)
    if (params.filter === 'unread') return unread(chat) > 0
    return params.filter === undefined || params.filter === 'all'
  })
  const offset = Number(params.offset ?? 0)
  const page = wanted.slice(offset, offset + Number(params.count ?? 20))
  return {
    count: wanted.length,
    unread_count: all.filter((chat) => unread(chat) > 0).length,
    items: page.map((chat) => ({ conversation: conversation(chat), last_message: alive(chat).at(-1) })),
    ...(isTrue(params.extended) ? { profiles: [], groups: [] } : {}),
  }
}

/** Newest first (`rev=1`: oldest first), from `start_message_id` on; a negative offset reaches back to newer ones. */
function history(call: VkCall): unknown {
  const { world, params } = call
  const messages = alive(chatOf(world, peerOf(call)))
  const ordered = params.rev === '1' ? messages : messages.toReversed()
  const start = Number(params.start_message_id ?? 0)
  const first = start > 0 ? ordered.findIndex((one) => (params.rev === '1' ? one.id >= start : one.id <= start)) : 0
  const from = Math.max(0, (first < 0 ? ordered.length : first) + Number(params.offset ?? 0))
  const items = ordered.slice(from, from + Number(params.count ?? 20))
  return { count: messages.length, items }
}

function conversation(chat: VkChat): unknown {
  const last = alive(chat).at(-1)
  return {
    peer: { id: chat.peer, type: chat.peer > 2_000_000_000 ? 'chat' : 'user', local_id: chat.peer % 2_000_000_000 },
    last_message_id: last?.id ?? 0,
    last_conversation_message_id: last?.conversation_message_id ?? 0,
    in_read: chat.inRead,
    out_read: last?.id ?? 0,
    unread_count: unread(chat),
    unanswered: isUnanswered(chat),
    important: false,
    can_write: chat.allowed ? { allowed: true } : { allowed: false, reason: 901 },
    version: last?.version ?? 0,
  }
}

const alive = (chat: VkChat): VkMessage[] => chat.messages.filter((one) => !one.deleted).map((one) => one.body)

const lastId = (chat: VkChat): number => alive(chat).at(-1)?.id ?? 0

const isUnanswered = (chat: VkChat): boolean => alive(chat).at(-1)?.out === 0

const unread = (chat: VkChat): number => alive(chat).filter((one) => one.out === 0 && one.id > chat.inRead).length

const counted = (items: VkMessage[]) => ({ count: items.length, items })

function chatOf(world: World, peer: number): VkChat {
  const chat = world.state.vk.chats[peer]
  if (!chat && !personByVk(world, peer)) throw invalid('peer_id is invalid')
  return chat ?? { peer, cmid: 0, allowed: false, messages: [], randoms: [], inRead: 0 }
}
