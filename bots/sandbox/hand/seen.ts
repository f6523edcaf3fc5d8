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
  toast?: { text: string; alert: boolean; at: number }
}

export interface SeenMessage {
  id: string
  from: 'resident' | 'bot'
  text: string
  entities: { type: string; offset: number; length: number; url?: string }[]
  buttons: SeenButton[][]
  files: SeenFile[]
  /** Of a group: who wrote. */
  author?: string
  sticker?: string
  location?: { latitude: number; longitude: number }
  contact?: string
  replyTo?: string
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
  kind: 'photo' | 'document' | 'voice'
  name: string
  mime: string
  size: number
  url: string
  width?: number
  height?: number
}
