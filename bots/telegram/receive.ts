import type { CallbackQuery, ChatMemberUpdated, Message, Update, User } from 'grammy/types'
import type { ChatFacts, Event, GeoPoint, InboundFile, Input } from '../../src/engine/event.ts'

/** Who we are to Telegram: `botId` is the number before the token's colon, `username` comes from `getMe`. */
export interface Self {
  botId: number
  username?: string | undefined
}

/**
 * The event that an update tells of, or nothing: service messages, the talk of a group that is not meant for us, edits that
 * change no words (a live location moves every few seconds). `now` dates a press: Telegram tells no time of it.
 */
export function toEvent(update: Update, self: Self, now: Date): Event | undefined {
  const id = `tg:${self.botId}:${update.update_id}`
  if (update.callback_query) return fromPress(id, update.callback_query, now)
  if (update.my_chat_member) return fromMembership(id, update.my_chat_member)
  const message = update.message ?? update.edited_message
  if (!message) return undefined
  if (message.chat.type !== 'private') {
    return update.message && isMeantForUs(message, self)
      ? { id, chat: `telegram:${message.chat.id}`, at: instant(message.date), input: { kind: 'group' } }
      : undefined
  }
  const input = update.message ? inputOf(message) : editOf(message)
  if (!input) return undefined
  const at = instant(message.edit_date ?? message.date)
  return { id, chat: `telegram:${message.chat.id}`, at, input, ...factsOf(message.from) }
}

const instant = (seconds: number): Date => new Date(seconds * 1000)

function fromPress(id: string, press: CallbackQuery, now: Date): Event | undefined {
  const { message, data } = press
  if (!message || data === undefined || message.chat.type !== 'private') return undefined
  const input: Input = { kind: 'choice', token: data, message: String(message.message_id) }
  return { id, chat: `telegram:${message.chat.id}`, at: now, input, ...factsOf(press.from) }
}

/** In a private chat: stopped or taken up again. In a group: somebody has put us there. */
function fromMembership(id: string, { chat, date, old_chat_member, new_chat_member, from }: ChatMemberUpdated) {
  const kind = membershipKind(chat.type, old_chat_member.status, new_chat_member.status)
  if (!kind) return undefined
  const event: Event = { id, chat: `telegram:${chat.id}`, at: instant(date), input: { kind } }
  return kind === 'group' ? event : { ...event, ...factsOf(from) }
}

function membershipKind(chat: string, before: string, after: string): 'group' | 'blocked' | 'unblocked' | undefined {
  const isIn = after === 'member' || after === 'administrator'
  if (chat !== 'private') return chat !== 'channel' && isIn && /left|kicked/.test(before) ? 'group' : undefined
  if (after === 'kicked') return 'blocked'
  return isIn && before === 'kicked' ? 'unblocked' : undefined
}

/** A command, a mention, or an answer to what we said; a forum's own noise is none of these. */
function isMeantForUs(message: Message, { botId, username }: Self): boolean {
  const text = message.text ?? message.caption ?? ''
  if (message.reply_to_message?.from?.id === botId) return true
  const [, addressed] = /^\/\w+(?:@(\w+))?/.exec(text) ?? []
  if (addressed) return addressed.toLowerCase() === username?.toLowerCase()
  if (text.startsWith('/')) return true
  return username !== undefined && text.toLowerCase().includes(`@${username.toLowerCase()}`)
}

function inputOf(message: Message): Input | undefined {
  const id = String(message.message_id)
  const { reply_to_message: answered, media_group_id: album, caption } = message
  const repliesTo = answered && { repliesTo: String(answered.message_id) }
  if (message.text !== undefined) return fromText(message.text, { message: id, ...repliesTo })
  const file = fileOf(message)
  if (file) {
    const more = { ...(caption && { caption }), ...repliesTo, ...(album !== undefined && { album }) }
    return { kind: 'files', files: [file], message: id, ...more }
  }
  if (message.contact) return { kind: 'contact', message: id }
  const place = pointOf(message)
  if (place) return { kind: 'location', message: id, ...place, ...repliesTo }
  return serviceKeys.some((key) => key in message) ? undefined : { kind: 'unsupported', message: id }
}

/** A venue is a place that has a name. */
function pointOf({ location, venue }: Message): GeoPoint | undefined {
  const { latitude, longitude } = venue?.location ?? location ?? {}
  if (latitude === undefined || longitude === undefined) return undefined
  return { latitude, longitude, ...(venue && { title: `${venue.title}, ${venue.address}` }) }
}

/** `/start P` opens the chat; another command stays a text, without the `@name` that clients may add to it. */
function fromText(text: string, where: { message: string; repliesTo?: string }): Input {
  const [whole, command, rest = ''] = /^(\/\w+)(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(text) ?? []
  if (whole === undefined || command === undefined) return { kind: 'text', text, ...where }
  const words = rest.trim()
  if (command === '/start') return words ? { kind: 'start', payload: words } : { kind: 'start' }
  return { kind: 'text', text: words ? `${command} ${words}` : command, ...where }
}

function editOf(message: Message): Input | undefined {
  const text = message.text ?? message.caption
  return text === undefined ? undefined : { kind: 'edited', text, message: String(message.message_id) }
}

/** Telegram names no photos, voices and round videos: these are named after their message. An animation is a document too. */
function fileOf(message: Message): InboundFile | undefined {
  const { photo, voice, video, video_note, animation, audio, document, message_id } = message
  const largest = photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]
  if (largest) return inbound('photo', largest, `photo_${message_id}.jpg`)
  if (voice) return inbound('voice', voice, `voice_${message_id}.ogg`)
  const moving = video ?? video_note ?? animation
  if (moving) return inbound('video', moving, `video_${message_id}.mp4`)
  const other = document ?? audio
  return other && inbound('document', other, `file_${message_id}`)
}

function inbound(
  kind: InboundFile['kind'],
  file: { file_id: string; file_size?: number; file_name?: string },
  name: string,
): InboundFile {
  const size = file.file_size === undefined ? {} : { size: file.file_size }
  return { kind, ref: file.file_id, name: file.file_name || name, ...size }
}

function factsOf(from: User | undefined): { chatFacts?: ChatFacts } {
  const [, language] = /^(ru|en)\b/.exec(from?.language_code ?? '') ?? []
  return language === 'ru' || language === 'en' ? { chatFacts: { language } } : {}
}

/** What Telegram says of a private chat by itself; nobody has spoken. */
const serviceKeys = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'chat_background_set',
  'write_access_allowed',
  'connected_website',
  'proximity_alert_triggered',
  'boost_added',
  'users_shared',
  'chat_shared',
]
