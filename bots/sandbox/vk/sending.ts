import { Refused } from '../refused.ts'
import { attachmentsOf } from './attachments.ts'
import { invalid, list, peerOf, seconds, seen, type VkCall, type VkMethod, writableChat } from './call.ts'
import { addMessage } from './messages.ts'
import { repliesOf } from './replies.ts'
import type { VkKeyboard, VkMessage } from './shapes.ts'
import type { VkChat } from './state.ts'

const REPEAT_WITHIN_SECONDS = 3600
const REPEATS_KEPT = 100

export const sending: Record<string, VkMethod> = {
  'messages.send': send,
  'messages.setActivity': (call) => {
    const chat = writableChat(call.world, peerOf(call))
    chat.busy = { action: call.params.type ?? 'typing', at: Date.now() }
    seen(call.world, chat)
    return 1
  },
}

/** With `peer_ids` the answer is a list, and a refusal of one peer stands inside it. */
function send(call: VkCall): unknown {
  const peers = list(call.params.peer_ids ?? call.params.user_ids)
  if (peers.length === 0) return sendTo(call, peerOf(call)).messageId
  return peers.map((peer) => {
    try {
      const { messageId, cmid } = sendTo(call, peer)
      return { peer_id: peer, message_id: messageId, conversation_message_id: cmid }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return {
        peer_id: peer,
        message_id: 0,
        conversation_message_id: 0,
        error: { code: error.code, description: error.text },
      }
    }
  })
}

function sendTo(call: VkCall, peer: number): { messageId: number; cmid: number } {
  const { world, events, params } = call
  const chat = writableChat(world, peer)
  const randomId = Number(params.random_id)
  const repeated = chat.randoms.find(
    (one) => randomId !== 0 && one.randomId === randomId && seconds() - one.at < REPEAT_WITHIN_SECONDS,
  )
  if (repeated) return repeated
  const keyboard = keyboardOf(params.keyboard)
  const message = addMessage(world, chat, -world.state.vk.groupId, {
    text: params.message ?? '',
    random_id: randomId,
    attachments: attachmentsOf(call, params.attachment),
    ...repliesOf(call, chat),
    ...geoOf(params),
    ...(keyboard?.inline ? { keyboard: { ...keyboard, author_id: -world.state.vk.groupId } } : {}),
    ...(params.payload ? { payload: params.payload } : {}),
  })
  setKeyboard(chat, keyboard)
  const sent = { randomId, messageId: message.id, cmid: message.conversation_message_id, at: seconds() }
  chat.randoms = [...chat.randoms, sent].slice(-REPEATS_KEPT)
  events.push('message_reply', message)
  seen(world, chat)
  return sent
}

function geoOf({ lat, long }: VkCall['params']): Pick<VkMessage, 'geo'> {
  if (!lat || !long) return {}
  return { geo: { type: 'point', coordinates: { latitude: Number(lat), longitude: Number(long) } } }
}

/** A default keyboard stays until it is replaced; one without buttons takes it away. */
function setKeyboard(chat: VkChat, keyboard: VkKeyboard | undefined): void {
  if (!keyboard || keyboard.inline) return
  if (keyboard.buttons.flat().length === 0) delete chat.keyboard
  else chat.keyboard = keyboard
}

/** The text has been checked to be a keyboard before. */
export function keyboardOf(text: string | undefined): VkKeyboard | undefined {
  if (text === undefined || text === '') return undefined
  const keyboard = JSON.parse(text) as VkKeyboard | null
  if (!keyboard) throw invalid('keyboard')
  return keyboard
}
