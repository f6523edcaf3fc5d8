import type { UploadedPart } from '../check/telegram.ts'
import type { ResidentRate } from '../residentRate.ts'
import type { World } from '../world/world.ts'
import type { GroupRate } from './groupRate.ts'
import { type Place, placeOf } from './places.ts'
import type { Entity } from './shapes.ts'
import type { Markup, TelegramBot, TelegramGroup } from './state.ts'
import type { Updates } from './updates.ts'

/** A checked call of a method: the parameters have the specification's types. */
export interface TelegramCall {
  world: World
  updates: Updates
  rate: GroupRate
  residentRate: ResidentRate
  bot: TelegramBot
  params: Params
  files: ReadonlyMap<string, UploadedPart>
  /** Aborted when the bot has hung up. */
  signal: AbortSignal
}

export type TelegramMethod = (call: TelegramCall) => unknown

/** The parameters that the sandbox's methods read; which of them a method requires has been checked before. */
export interface Params {
  chat_id: number | string
  message_id: number
  message_thread_id?: number
  text: string
  entities?: Entity[]
  caption?: string
  caption_entities?: Entity[]
  reply_markup?: Markup
  reply_parameters?: { message_id: number; allow_sending_without_reply?: boolean }
  photo: string
  document: string
  voice: string
  video: string
  duration?: number
  latitude: number
  longitude: number
  action: string
  media: { type: string; media: string; caption?: string; caption_entities?: Entity[] }[]
  callback_query_id: string
  show_alert?: boolean
  url?: string
  file_id: string
  offset?: number
  limit?: number
  timeout?: number
  allowed_updates?: string[]
  commands: { command: string; description: string }[]
  scope?: { type: string; chat_id?: number | string }
  language_code?: string
  name?: string
  icon_color?: number
  icon_custom_emoji_id?: string
  user_id: number
  reaction?: { type: string; emoji?: string }[]
  description?: string
  short_description?: string
  menu_button?: { type: string }
  drop_pending_updates?: boolean
}

export const placeOfCall = ({ world, bot, params }: TelegramCall): Place => placeOf(world, bot, params.chat_id)

/** To be called after a change of what is seen in a place. */
export function seen(world: World, place: Place): void {
  if (place.own) world.chatChanged('telegram', place.own.person)
  else if (place.group) groupChanged(world, place.group)
}

export function groupChanged(world: World, group: TelegramGroup): void {
  world.changed(group.forum ? { kind: 'forum', messenger: 'telegram', forum: group.id } : { kind: 'people' })
}
