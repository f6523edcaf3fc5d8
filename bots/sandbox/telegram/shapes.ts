/** The Bot API's own shapes, as far as the sandbox speaks of them. Dates are seconds since 1970. */
export interface User {
  id: number
  is_bot: boolean
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
}

export interface Chat {
  id: number
  type: 'private' | 'group' | 'supergroup'
  title?: string
  first_name?: string
  last_name?: string
  username?: string
  is_forum?: true
}

export interface Entity {
  type: string
  offset: number
  length: number
  url?: string
}

export interface InlineButton {
  text: string
  callback_data?: string
  url?: string
}

export type InlineKeyboard = InlineButton[][]

export interface ReplyKeyboard {
  keyboard: { text: string; request_contact?: boolean; request_location?: boolean }[][]
  one_time_keyboard?: boolean
}

export interface FileMeta {
  file_id: string
  file_unique_id: string
  file_size: number
}

export interface TelegramMessage {
  message_id: number
  message_thread_id?: number
  is_topic_message?: true
  from: User
  chat: Chat
  date: number
  edit_date?: number
  media_group_id?: string
  reply_to_message?: TelegramMessage
  text?: string
  entities?: Entity[]
  caption?: string
  caption_entities?: Entity[]
  photo?: (FileMeta & { width: number; height: number })[]
  document?: FileMeta & { file_name: string; mime_type: string }
  voice?: FileMeta & { duration: number; mime_type: string }
  video?: FileMeta & { width: number; height: number; duration: number; file_name: string; mime_type: string }
  sticker?: FileMeta & {
    type: string
    width: number
    height: number
    is_animated: boolean
    is_video: boolean
    emoji: string
  }
  contact?: { phone_number: string; first_name: string; last_name?: string; user_id?: number }
  location?: { latitude: number; longitude: number }
  venue?: { location: { latitude: number; longitude: number }; title: string; address: string }
  reply_markup?: { inline_keyboard: InlineKeyboard }
  new_chat_members?: User[]
  left_chat_member?: User
  pinned_message?: TelegramMessage
  forum_topic_created?: { name: string; icon_color: number; icon_custom_emoji_id?: string }
  forum_topic_edited?: { name?: string; icon_custom_emoji_id?: string }
  forum_topic_closed?: Record<string, never>
  forum_topic_reopened?: Record<string, never>
}

export interface Update {
  update_id: number
  message?: TelegramMessage
  edited_message?: TelegramMessage
  callback_query?: CallbackQuery
  my_chat_member?: MembershipChange
  chat_member?: MembershipChange
}

export interface MembershipChange {
  chat: Chat
  from: User
  date: number
  old_chat_member: Member
  new_chat_member: Member
}

/** `ChatMember`; an administrator has a flag for each of his rights. */
export type Member =
  | { status: 'member' | 'left'; user: User }
  | { status: 'kicked'; user: User; until_date: 0 }
  | { status: 'creator'; user: User; is_anonymous: false }
  | ({ status: 'administrator'; user: User } & Record<`can_${string}` | 'is_anonymous', boolean>)

export interface CallbackQuery {
  id: string
  from: User
  message: TelegramMessage | { chat: Chat; message_id: number; date: 0 }
  chat_instance: string
  data: string
}

export interface BotCommand {
  command: string
  description: string
}
