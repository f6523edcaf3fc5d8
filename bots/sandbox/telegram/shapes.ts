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
  reply_markup?: { inline_keyboard: InlineKeyboard }
  new_chat_members?: User[]
}

export interface Update {
  update_id: number
  message?: TelegramMessage
  edited_message?: TelegramMessage
  callback_query?: CallbackQuery
  my_chat_member?: unknown
}

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
