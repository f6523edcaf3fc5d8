import { Refused } from '../refused.ts'
import type { Person } from '../world/people.ts'
import type { World } from '../world/world.ts'
import type { VkEvents } from './events.ts'
import { newVkChat, type VkChat } from './state.ts'

/** A checked call of a method. `url` is the sandbox's own address, for upload and download links. */
export interface VkCall {
  world: World
  events: VkEvents
  params: Record<string, string>
  url: string
}

export type VkMethod = (call: VkCall) => unknown

const CHAT_OFFSET = 2_000_000_000

export const personByVk = (world: World, vkId: number): Person | undefined => world.knownAs('vk', vkId)

/** A person's conversation with the community, made when it is first spoken of. */
export function vkChatWith(world: World, person: Person): VkChat {
  const { chats } = world.state.vk
  const chat = chats[person.vkId] ?? newVkChat(person.vkId)
  chats[person.vkId] = chat
  return chat
}

/** Answers the conversation that a community may write to, or refuses as VK does. */
export function writableChat(world: World, peer: number): VkChat {
  const chat = world.state.vk.chats[peer]
  if (peer > CHAT_OFFSET) {
    if (!chat || chat.left) throw new Refused(917, "You don't have access to this chat")
    return chat
  }
  if (!chat?.allowed) throw new Refused(901, "Can't send messages for users without permission")
  return chat
}

/** Answers the peer that a call names by `peer_id`, `user_id` or `chat_id`. */
export function peerOf({ params }: VkCall): number {
  if (params.peer_id) return Number(params.peer_id)
  if (params.user_id) return Number(params.user_id)
  return CHAT_OFFSET + Number(params.chat_id)
}

export const list = (value: string | undefined): number[] =>
  value ? value.split(',').map((item) => Number(item.trim())) : []

export const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true'

export const invalid = (text: string): Refused =>
  new Refused(100, `One of the parameters specified was missing or invalid: ${text}`)

/** To be called after a change of what is seen in a conversation. */
export function seen(world: World, chat: VkChat): void {
  const person = personByVk(world, chat.peer)
  if (person) world.chatChanged('vk', person)
  else world.changed({ kind: 'people' })
}

export const seconds = () => Math.floor(Date.now() / 1000)
