import type { ChatFacts, Event, GeoPoint, InboundFile, Input } from '../../src/engine/event.ts'
import type { Attachment, ClientInfo, VkMessage, VkUpdate } from './updates.ts'

/** `startWords`: what a person who opens the chat types instead of pressing VK's «Начать», in lower case. */
export interface Self {
  groupId: number
  startWords: readonly string[]
}

/** Peers above this are chats of several people. */
const firstGroupChat = 2_000_000_000

/**
 * The event that an update tells of, or nothing: what we ourselves write, talk in a chat of several people that is not meant for
 * us. `now` dates what VK tells no time of.
 */
export function toEvent(update: VkUpdate, self: Self, now: Date): Event | undefined {
  const id = `vk:${self.groupId}:event:${eventIdOf(update)}`
  switch (update.type) {
    case 'message_new':
      return fromMessage(update.object.message, self, update.object.client_info)
    case 'message_reply':
      return fromMessage(update.object, self)
    case 'message_typing_state': {
      const { from_id: person } = update.object
      return isPerson(person) ? { id, chat: `vk:${person}`, at: now, input: { kind: 'typing' } } : undefined
    }
    case 'message_edit':
      return fromEdit(id, update.object)
    case 'message_event': {
      const { peer_id, payload, conversation_message_id: under } = update.object
      const token = payloadOf(payload).t
      if (typeof token !== 'string' || peer_id > firstGroupChat) return undefined
      const input: Input = { kind: 'choice', token, ...(under !== undefined && { message: String(under) }) }
      return { id, chat: `vk:${peer_id}`, at: now, input, chatFacts: { textButtonsOnly: false } }
    }
    case 'message_allow':
      return { id, chat: `vk:${update.object.user_id}`, at: now, input: { kind: 'unblocked' } }
    case 'message_deny':
      return { id, chat: `vk:${update.object.user_id}`, at: now, input: { kind: 'blocked' } }
  }
}

/** Bots Long Poll and the Callback API stamp every update; a press has an id of its own besides. */
const eventIdOf = (update: VkUpdate): string =>
  update.event_id ?? (update.type === 'message_event' ? update.object.event_id : '')

/** A message as an update or the history tells of it: the same event either way, by its id. */
export function fromMessage(message: VkMessage, self: Self, client?: ClientInfo): Event | undefined {
  const { peer_id, conversation_message_id: cmid, date } = message
  if (message.out === 1 || message.from_id <= 0) return fromAdmin(message, self)
  const isGroup = peer_id > firstGroupChat
  if (isGroup && !isMeantForUs(message, self.groupId)) return undefined
  return {
    id: `vk:${self.groupId}:${peer_id}:${cmid}`,
    chat: `vk:${peer_id}`,
    at: new Date(date * 1000),
    input: isGroup ? { kind: 'group' } : inputOf(message, self),
    ...(!isGroup && client && { chatFacts: factsOf(client) }),
  }
}

/**
 * What a person of the community has written past us, by the administrator whom VK names: greetings of VK's own and what is sent by a token,
 * ours or another program's, name none.
 */
function fromAdmin(message: VkMessage, { groupId }: Self): Event | undefined {
  const { peer_id, conversation_message_id: cmid, date, admin_author_id: admin } = message
  if (!admin || !isPerson(peer_id)) return undefined
  const location = pointOf(message)
  const input: Input = {
    kind: 'fromAdmin',
    admin: String(admin),
    text: unescaped(message.text),
    files: filesOf(message),
    ...(location && { location }),
    message: String(cmid),
  }
  return { id: `vk:${groupId}:${peer_id}:${cmid}`, chat: `vk:${peer_id}`, at: new Date(date * 1000), input }
}

const isPerson = (peer: number): boolean => peer > 0 && peer <= firstGroupChat

function fromEdit(id: string, message: VkMessage): Event | undefined {
  if (message.out === 1 || message.from_id <= 0 || message.peer_id > firstGroupChat) return undefined
  const input: Input = {
    kind: 'edited',
    text: unescaped(message.text),
    message: String(message.conversation_message_id),
  }
  return { id, chat: `vk:${message.peer_id}`, at: new Date((message.update_time ?? message.date) * 1000), input }
}

/** A mention, an answer to the community, or its own arrival in the chat. */
function isMeantForUs({ text, action, reply_message }: VkMessage, groupId: number): boolean {
  if (action) return action.member_id === -groupId && action.type === 'chat_invite_user'
  return reply_message?.from_id === -groupId || new RegExp(`\\[(club|public)${groupId}\\|`).test(text)
}

function inputOf(message: VkMessage, { startWords }: Self): Input {
  const id = String(message.conversation_message_id)
  const text = unescaped(message.text)
  const { t: token, command } = payloadOf(message.payload)
  if (typeof token === 'string') return { kind: 'choice', token }
  const files = filesOf(message)
  const opens = command === 'start' || startWords.includes(text.trim().toLowerCase())
  // `ref` comes once, with the first words after a deep link: they open the chat, whatever they are.
  if (opens || (message.ref && files.length === 0)) {
    return message.ref ? { kind: 'start', payload: message.ref } : { kind: 'start' }
  }
  const answered = message.reply_message?.conversation_message_id
  const where = { message: id, ...(answered !== undefined && { repliesTo: String(answered) }) }
  const location = pointOf(message)
  const beside = { ...where, ...(location && { location }) }
  if (files.length > 0) return { kind: 'files', files, ...(text && { caption: text }), ...beside }
  if (text !== '') return { kind: 'text', text, ...beside }
  return message.geo ? { kind: 'location', ...where, ...location } : { kind: 'unsupported', message: id }
}

function pointOf({ geo }: VkMessage): GeoPoint | undefined {
  const { coordinates, place } = geo ?? {}
  return coordinates && { ...coordinates, ...(place?.title && { title: place.title }) }
}

/** A payload is JSON, or already read by VK; whatever else an outsider made of it means nothing. */
function payloadOf(payload: unknown): { t?: unknown; command?: unknown } {
  try {
    const read: unknown = typeof payload === 'string' ? JSON.parse(payload) : payload
    return typeof read === 'object' && read !== null ? read : {}
  } catch {
    return {}
  }
}

/** The ref is an address in the conversation: the file's own link ends before long and is asked for anew. */
function filesOf({ attachments = [], peer_id, conversation_message_id: cmid }: VkMessage): InboundFile[] {
  return attachments.flatMap((attachment, index) =>
    fileOf(attachment, `${peer_id}:${cmid}:${index}`, `${cmid}_${index}`),
  )
}

function fileOf({ type, doc }: Attachment, ref: string, name: string): InboundFile[] {
  if (type === 'photo') return [{ kind: 'photo', ref, name: `photo_${name}.jpg` }]
  if (type === 'audio_message') return [{ kind: 'voice', ref, name: `voice_${name}.ogg` }]
  if (type === 'video') return [{ kind: 'video', ref, name: `video_${name}.mp4` }]
  if (type === 'doc' && doc)
    return [{ kind: 'document', ref, name: doc.title || `file_${name}.${doc.ext}`, size: doc.size }]
  return []
}

function factsOf({ button_actions, inline_keyboard, lang_id }: ClientInfo): ChatFacts {
  const isOld = inline_keyboard === false || (button_actions !== undefined && !button_actions.includes('callback'))
  const language = lang_id === 0 ? 'ru' : lang_id === 3 ? 'en' : undefined
  return { textButtonsOnly: isOld, ...(language && { language }) }
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' }

/** VK hands words over with these four characters escaped as in HTML. */
const unescaped = (text: string): string =>
  text.replace(/<br>/g, '\n').replace(/&(lt|gt|quot|amp);/g, (whole, name: string) => entities[name] ?? whole)
