import { z } from 'zod'
import type { Event } from '../../src/engine/event.ts'
import type { Log } from '../../src/infra/backOff.ts'
import { judge } from './answers.ts'
import type { VkApi } from './api.ts'
import { fromMessage, type Self } from './receive.ts'
import { type VkMessage, vkMessage } from './updates.ts'

/** VK's own bound of a page. */
const pageSize = 200
/** Up to 2,000 conversations, and up to 1,000 messages of one: what is older than that waits for the resident's next word. */
const conversationPages = 10
const historyPages = 5
/** Asked for together: four scripts of 25 calls. */
const peersAtOnce = 100

/**
 * The messages that residents have written since a moment, out of the conversations themselves: for when Long Poll has lost
 * its history. They bear the same ids as the updates that were lost, so what was taken before is dropped by the engine.
 * Presses, edits and permissions cannot be read back: a press is simply pressed again.
 */
export async function readMissed(api: VkApi, self: Self, since: Date, log: Log): Promise<Event[]> {
  try {
    const peers = await activePeers(api, self.groupId, since)
    const messages: VkMessage[] = []
    for (let at = 0; at < peers.length; at += peersAtOnce) {
      const group = peers.slice(at, at + peersAtOnce)
      messages.push(...(await Promise.all(group.map((peer) => messagesSince(api, self.groupId, peer, since)))).flat())
    }
    log.warn(
      { conversations: peers.length, messages: messages.length },
      'VK lost its history, what was missed is read back',
    )
    return messages
      .toSorted((a, b) => a.date - b.date || a.conversation_message_id - b.conversation_message_id)
      .flatMap((message) => fromMessage(message, self) ?? [])
  } catch (error) {
    const verdict = judge(error, 'messages.getHistory', {})
    if (verdict.kind === 'failed') throw verdict.error
    // A token without the right to read would otherwise stop us for ever.
    log.error(verdict.kind === 'refused' ? verdict.error.facts : {}, 'what was missed cannot be read back')
    return []
  }
}

const secondsOf = (moment: Date): number => Math.floor(moment.getTime() / 1000)

const conversations = z.object({
  items: z.array(
    z.object({
      conversation: z.object({ peer: z.object({ id: z.number() }) }),
      last_message: z.object({ date: z.number() }).optional(),
    }),
  ),
})

/** Conversations come latest first: a page on which all is older ends the search. */
async function activePeers(api: VkApi, group_id: number, since: Date): Promise<number[]> {
  const peers = new Set<number>()
  for (let page = 0; page < conversationPages; page++) {
    const params = { group_id, count: pageSize, offset: page * pageSize, filter: 'all' }
    const { items } = conversations.parse(await api.call('messages.getConversations', params))
    const active = items.filter(({ last_message: last }) => last && last.date >= secondsOf(since))
    for (const { conversation } of active) peers.add(conversation.peer.id)
    if (active.length === 0 || items.length < pageSize) break
  }
  return [...peers]
}

const history = z.object({ items: z.array(vkMessage) })

async function messagesSince(api: VkApi, group_id: number, peer_id: number, since: Date): Promise<VkMessage[]> {
  const messages: VkMessage[] = []
  for (let page = 0; page < historyPages; page++) {
    const params = { group_id, peer_id, count: pageSize, offset: page * pageSize }
    const { items } = history.parse(await api.call('messages.getHistory', params))
    const fresh = items.filter((message) => message.date >= secondsOf(since))
    messages.push(...fresh)
    if (fresh.length < pageSize) break
  }
  return messages
}
