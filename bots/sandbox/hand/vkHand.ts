import { randomBytes, randomInt } from 'node:crypto'
import { attachmentOf, saveMedia } from '../vk/attachments.ts'
import { seconds, vkChatWith } from '../vk/call.ts'
import type { VkEvents } from '../vk/events.ts'
import { addMessage } from '../vk/messages.ts'
import { foreign } from '../vk/replies.ts'
import type { VkAttachment, VkMessage } from '../vk/shapes.ts'
import { newVkChat, type VkChat } from '../vk/state.ts'
import type { Person } from '../world/people.ts'
import type { World } from '../world/world.ts'
import { type Act, CannotDo, homeLocation, placeOf, type SentFile } from './acts.ts'
import { findButton } from './buttons.ts'
import { seenVk } from './seenVk.ts'

/** A neighbours' chat that somebody may add the community to. */
export const NEIGHBOURS_PEER = 2_000_000_001

interface Phone {
  world: World
  events: VkEvents
  person: Person
  chat: VkChat
  url: string
}

/** Does what a person does in VK, and tells the community by events. Answers the conversation id of the message it made. */
export function actInVk(world: World, events: VkEvents, url: string, person: Person, act: Act): { message?: string } {
  const id = perform({ world, events, person, chat: vkChatWith(world, person), url }, act)
  world.chatChanged('vk', person)
  return id === undefined ? {} : { message: String(id) }
}

function perform(phone: Phone, act: Act): number | undefined {
  const { world, events, person, chat } = phone
  switch (act.do) {
    case 'start':
      return write(phone, {
        text: 'Начать',
        payload: '{"command":"start"}',
        ...(act.payload ? { ref: act.payload, ref_source: 'link' } : {}),
      })
    case 'say':
      return write(phone, { text: act.text, ...replying(phone, act.replyTo) })
    case 'press':
      return press(phone, act)
    case 'edit': {
      const found = own(phone, act.message)
      found.body = { ...found.body, text: act.text, update_time: seconds() }
      events.push('message_edit', found.body)
      return found.body.conversation_message_id
    }
    case 'erase':
      own(phone, act.message).deleted = true
      return undefined
    case 'send':
      return write(phone, {
        text: act.caption ?? '',
        attachments: act.files.map((file) => attachment(phone, file)),
        ...replying(phone, act.replyTo),
      })
    case 'sticker':
      return write(phone, {
        text: '',
        attachments: [
          {
            type: 'sticker',
            sticker: {
              inner_type: 'base_sticker_new',
              product_id: 1,
              sticker_id: 12,
              images: [],
              images_with_background: [],
            },
          },
        ],
      })
    case 'location':
      return write(phone, {
        text: act.text ?? '',
        geo: { type: 'point', coordinates: placeOf(act) },
        ...replying(phone, act.replyTo),
      })
    case 'contact':
      throw new CannotDo('VK has no contacts in messages')
    case 'block':
      chat.allowed = false
      events.push('message_deny', { user_id: person.vkId })
      return undefined
    case 'unblock':
      chat.allowed = true
      events.push('message_allow', { user_id: person.vkId, key: '' })
      return undefined
    case 'typing':
      // The schema's own words for the state are the numbers of an enumeration; what arrives is this one.
      events.push('message_typing_state', { state: 'typing', from_id: person.vkId, to_id: -world.state.vk.groupId })
      return undefined
    case 'adminSays':
      return adminSays(phone, act)
    case 'sayInGroup': {
      const group = world.state.vk.chats[NEIGHBOURS_PEER] ?? newVkChat(NEIGHBOURS_PEER)
      world.state.vk.chats[NEIGHBOURS_PEER] = group
      return write({ ...phone, chat: group }, { text: act.text })
    }
  }
}

/** Writing to a community allows it to answer. */
function write({ world, events, person, chat }: Phone, content: Partial<VkMessage> & { text: string }): number {
  chat.allowed = true
  const message = addMessage(world, chat, person.vkId, content)
  events.push('message_new', { message, client_info: clientInfo(person) })
  return message.conversation_message_id
}

/** Such a message has a `random_id` too, which the bot knows nothing of. */
function adminSays(phone: Phone, act: Extract<Act, { do: 'adminSays' }>): number {
  const { world, events, chat } = phone
  const admin = world.state.staff.find((one) => one.id === act.admin)
  if (!admin) throw new CannotDo('not one of the staff')
  const message = addMessage(world, chat, -world.state.vk.groupId, {
    text: act.text,
    random_id: randomInt(1, 2 ** 31),
    admin_author_id: admin.vkId,
    ...replying(phone, act.replyTo),
  })
  events.push('message_reply', message)
  return message.conversation_message_id
}

function replying({ chat }: Phone, replyTo: string | undefined): Pick<VkMessage, 'reply_message'> {
  if (replyTo === undefined) return {}
  const found = chat.messages.find((one) => String(one.body.conversation_message_id) === replyTo && !one.deleted)
  if (!found) throw new CannotDo('no such message')
  return { reply_message: foreign(found.body) }
}

function clientInfo(person: Person): unknown {
  const actions = [
    'text',
    'vkpay',
    'open_app',
    'location',
    'open_link',
    'open_photo',
    'callback',
    'intent_subscribe',
    'intent_unsubscribe',
  ]
  return {
    button_actions: person.oldVkClient ? ['text', 'vkpay', 'open_app', 'location', 'open_link'] : actions,
    keyboard: true,
    inline_keyboard: true,
    carousel: !person.oldVkClient,
    lang_id: person.language === 'ru' ? 0 : 3,
  }
}

function press(phone: Phone, act: Extract<Act, { do: 'press' }>): number | undefined {
  const { world, events, person, chat } = phone
  const { button, message } = findButton(seenVk(world, person), act)
  switch (button.kind) {
    case 'text':
      if (message === undefined && chat.keyboard?.one_time) delete chat.keyboard
      return write(phone, { text: button.label, ...(button.token ? { payload: button.token } : {}) })
    case 'location':
      return write(phone, {
        text: '',
        geo: { type: 'point', coordinates: homeLocation },
        ...(button.token ? { payload: button.token } : {}),
      })
    case 'callback': {
      if (person.oldVkClient) throw new CannotDo('an old client has no callback buttons')
      const eventId = randomBytes(6).toString('hex')
      world.state.vk.presses[eventId] = { at: Date.now(), person: person.id, peer: chat.peer }
      events.push('message_event', {
        user_id: person.vkId,
        peer_id: chat.peer,
        event_id: eventId,
        payload: button.token === undefined ? {} : JSON.parse(button.token),
        // A default keyboard is no message's: then there is no number.
        ...(message === undefined ? {} : { conversation_message_id: Number(message) }),
      })
      return undefined
    }
    default:
      return undefined
  }
}

function own({ chat, person }: Phone, id: string) {
  const found = chat.messages.find((one) => String(one.body.conversation_message_id) === id && !one.deleted)
  if (found?.body.from_id !== person.vkId) throw new CannotDo('not a message of his own')
  return found
}

function attachment({ world, person, url }: Phone, sent: SentFile): VkAttachment {
  if (sent.kind === 'video') throw new CannotDo('the sandbox’s VK has no videos')
  const file = world.files.add(sent.name, Buffer.from(sent.base64, 'base64'))
  const isPhoto = sent.kind === 'photo' && file.width !== undefined
  const kind = isPhoto ? 'photo' : sent.kind === 'voice' ? 'audio_message' : 'doc'
  return attachmentOf(url, kind, file, saveMedia(world, kind, file, person.vkId))
}
