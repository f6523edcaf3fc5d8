import type {
  CallbackQuery,
  Chat,
  ChatMember,
  ChatMemberUpdated,
  MaybeInaccessibleMessage,
  Message,
  Update,
  User,
} from 'telegraf/types'
import type { DeskPlace, StaffEvent, StaffInput, StaffMember } from '../../src/desk/channel.ts'
import { contentOf, editOf } from './content.ts'

/** Who we are to Telegram: `botId` is the number before the token's colon, `username` comes from `getMe`. `forums`: where staff works. */
export interface Self {
  botId: number
  username?: string | undefined
  forums: readonly string[]
}

/**
 * What an update tells of a staff forum, or nothing: other chats, other bots, service messages, edits that change no words (a live
 * location moves every few seconds). `now` dates a press: Telegram tells no time of it.
 */
export function toStaffEvent(update: Update, self: Self, now: Date): StaffEvent | undefined {
  const id = `tg:${self.botId}:${update.update_id}`
  if ('callback_query' in update) return fromPress(id, update.callback_query, self, now)
  if ('my_chat_member' in update) return fromOwnMembership(id, update.my_chat_member, self)
  if ('chat_member' in update) return fromMembership(id, update.chat_member, self)
  if ('message' in update) return fromMessage(id, update.message, contentOf(update.message, self), self)
  if ('edited_message' in update) return fromMessage(id, update.edited_message, editOf(update.edited_message), self)
  return undefined
}

interface Standing {
  chat: Chat
  is_topic_message?: boolean
  message_thread_id?: number
}

const instant = (seconds: number): Date => new Date(seconds * 1000)
const isOurs = ({ id }: Chat, { forums }: Self): boolean => forums.includes(String(id))

function fromMessage(
  id: string,
  message: Message & { edit_date?: number },
  input: StaffInput | undefined,
  self: Self,
): StaffEvent | undefined {
  const by = authorOf(message)
  if (!input || !by || !isOurs(message.chat, self)) return undefined
  return { id, at: instant(message.edit_date ?? message.date), place: placeOf(message), by, input }
}

/** Replies in the general topic have a thread, too, which is no topic. */
function placeOf(message: Message | MaybeInaccessibleMessage): DeskPlace {
  const forum = String(message.chat.id)
  const { is_topic_message, message_thread_id }: Standing = message
  return is_topic_message && message_thread_id !== undefined ? { forum, thread: String(message_thread_id) } : { forum }
}

/** An anonymous administrator speaks as the group, somebody else as a channel of his: nobody knows who that is. */
function authorOf({ from, sender_chat }: Message): StaffMember | undefined {
  if (sender_chat) {
    const name = 'title' in sender_chat ? sender_chat.title : ''
    return { id: String(sender_chat.id), name, isAnonymous: true }
  }
  return from && !from.is_bot ? memberOf(from) : undefined
}

const memberOf = ({ id, first_name, last_name }: User): StaffMember => ({
  id: String(id),
  name: last_name ? `${first_name} ${last_name}` : first_name,
})

function fromPress(id: string, press: CallbackQuery, self: Self, now: Date): StaffEvent | undefined {
  const { message, from } = press
  if (!message || !('data' in press) || !isOurs(message.chat, self)) return undefined
  const input: StaffInput = { kind: 'press', token: press.data, message: String(message.message_id) }
  return { id, at: now, place: placeOf(message), by: memberOf(from), input }
}

/** Without the right to manage topics there is no work in a forum. */
function fromOwnMembership(
  id: string,
  { chat, date, from, new_chat_member: now }: ChatMemberUpdated,
  self: Self,
): StaffEvent | undefined {
  if (!isOurs(chat, self)) return undefined
  const may = now.status === 'administrator' && now.can_manage_topics === true
  const input: StaffInput = { kind: 'rights', may }
  return { id, at: instant(date), place: { forum: String(chat.id) }, by: memberOf(from), input }
}

function fromMembership(
  id: string,
  { chat, date, old_chat_member: before, new_chat_member: now }: ChatMemberUpdated,
  self: Self,
): StaffEvent | undefined {
  if (!isOurs(chat, self) || now.user.is_bot || isIn(before) === isIn(now)) return undefined
  const input: StaffInput = { kind: isIn(now) ? 'joined' : 'left' }
  return { id, at: instant(date), place: { forum: String(chat.id) }, by: memberOf(now.user), input }
}

function isIn(member: ChatMember): boolean {
  if (member.status === 'restricted') return member.is_member
  return member.status !== 'left' && member.status !== 'kicked'
}
