/** A chat as its person sees it. `revision` changes whenever any of it does. */
export interface SeenChat {
  revision: number
  /** The person has pressed «Старт» / «Начать» or written. */
  started: boolean
  blocked: boolean
  messages: SeenMessage[]
  /** The buttons below the input: Telegram's reply keyboard, VK's default keyboard. */
  keyboard: SeenButton[][]
  /** Telegram's commands menu. */
  commands: { command: string; description: string }[]
  /** What the last answered press showed. */
  toast?: SeenToast
  /** What the bot last showed to be doing: `action` in the messenger's own word, `at` in milliseconds since 1970. */
  busy?: { action: string; at: number }
}

export interface SeenToast {
  text: string
  alert: boolean
  at: number
}

export interface SeenMessage {
  id: string
  /** `admin`: somebody who answered in VK's own inbox; `staff`: a member of a staff forum. */
  from: 'resident' | 'bot' | 'admin' | 'staff'
  text: string
  entities: { type: string; offset: number; length: number; url?: string }[]
  buttons: SeenButton[][]
  files: SeenFile[]
  /** Of a group: who wrote. */
  author?: string
  /** Of a staff forum: his Telegram id. */
  authorId?: number
  /** Of a message that tells of what was done: the Bot API's name of it (`forum_topic_closed`, `pinned_message`, …). */
  service?: string
  /** Of such a message: the name of the member or the topic that it tells of. */
  serviceAbout?: string
  /** The bot's reaction. */
  reaction?: string
  sticker?: string
  location?: { latitude: number; longitude: number }
  contact?: string
  /** The id of the message it replies to. */
  replyTo?: string
  /** VK: the words of the messages that it forwards. */
  forwarded?: string[]
  album?: string
  edited: boolean
  deleted: boolean
  /** Milliseconds since 1970. */
  at: number
}

/** `token` is Telegram's `callback_data` or VK's payload as sent by the bot. */
export interface SeenButton {
  label: string
  kind: 'callback' | 'text' | 'link' | 'location' | 'contact' | 'other'
  token?: string
  link?: string
  color?: string
}

export interface SeenFile {
  kind: 'photo' | 'document' | 'voice' | 'video'
  name: string
  mime: string
  size: number
  url: string
  width?: number
  height?: number
}
