/** VK's own shapes (API 5.199), as far as the sandbox speaks of them. Dates are seconds since 1970. */
export interface VkMessage {
  id: number
  conversation_message_id: number
  peer_id: number
  from_id: number
  date: number
  update_time?: number
  out: 0 | 1
  version: number
  text: string
  attachments: VkAttachment[]
  fwd_messages: VkForeign[]
  reply_message?: VkForeign
  important: boolean
  is_hidden: boolean
  random_id: number
  keyboard?: VkKeyboard
  payload?: string
  ref?: string
  ref_source?: string
  geo?: { type: 'point'; coordinates: { latitude: number; longitude: number } }
  /** Of a message of the community that an administrator has written in VK's own inbox. */
  admin_author_id?: number
}

/** A message as another one that replies to it or forwards it shows it. */
export type VkForeign = Pick<
  VkMessage,
  'id' | 'conversation_message_id' | 'peer_id' | 'from_id' | 'date' | 'text' | 'attachments' | 'geo'
>

export type VkAttachment =
  | { type: 'photo'; photo: VkPhoto }
  | { type: 'doc'; doc: VkDoc }
  | { type: 'audio_message'; audio_message: VkVoice }
  | {
      type: 'sticker'
      sticker: {
        inner_type: 'base_sticker_new'
        product_id: number
        sticker_id: number
        images: never[]
        images_with_background: never[]
      }
    }

export interface VkPhoto {
  id: number
  owner_id: number
  album_id: number
  date: number
  text: string
  has_tags: boolean
  access_key: string
  sizes: { type: string; width: number; height: number; url: string }[]
}

export interface VkDoc {
  id: number
  owner_id: number
  title: string
  size: number
  ext: string
  date: number
  type: number
  url: string
  access_key: string
}

export interface VkVoice {
  id: number
  owner_id: number
  duration: number
  waveform: number[]
  link_ogg: string
  link_mp3: string
  access_key: string
}

export interface VkKeyboard {
  inline?: boolean
  one_time?: boolean
  buttons: VkButton[][]
  author_id?: number
}

export interface VkButton {
  action: { type: string; label?: string; payload?: string; link?: string }
  color?: string
}

export interface VkUpdate {
  group_id: number
  type: string
  event_id: string
  v: string
  object: unknown
}
