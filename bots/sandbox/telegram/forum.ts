import type { StaffForum } from '../tokens.ts'
import type { StaffPerson } from '../world/staff.ts'
import type { Chat } from './shapes.ts'
import type { TelegramGroup, TelegramState } from './state.ts'

/** What a group is besides a group when it has topics. The General topic is no topic of its own: its messages have no thread. */
export interface Forum {
  /** The bot whose file ids stand in the messages of people. */
  botId: number
  /** The person who owns the group. */
  owner: number
  /** Ids of persons. */
  members: number[]
  /** Bots that are administrators, by their id; a bot of the group that is not here is a plain member. */
  rights: Record<string, BotRights>
  /** By their id, which is that of the message that tells of their making. */
  topics: Record<string, Topic>
  /** When the bot last showed that it is busy in the General topic. */
  busy?: Busy
  /** What the last answered press of a person showed. */
  toasts: Record<string, { text: string; alert: boolean; at: number }>
}

/** The rights of an administrator that matter in a forum. */
export interface BotRights {
  can_manage_topics: boolean
  can_pin_messages: boolean
  can_delete_messages: boolean
}

export interface Topic {
  id: number
  name: string
  iconColor: number
  icon?: string
  /** The Telegram id of whoever has made it: he may rename, close and reopen it. */
  by: number
  closed: boolean
  deleted: boolean
  busy?: Busy
}

/** `action` as the bot named it; `at` in milliseconds since 1970. */
export interface Busy {
  action: string
  at: number
}

/** The number that clients give to the General topic; a bot must not name it. */
export const GENERAL = 1

/** Of the six that clients offer. */
export const PLAIN_ICON = 7322096

export const allRights: BotRights = { can_manage_topics: true, can_pin_messages: true, can_delete_messages: true }

/** Makes the forums that a world does not have yet, with the whole staff in them. */
export function openForums(state: TelegramState, staff: StaffPerson[], forums: StaffForum[]): void {
  for (const { id, title, botId } of forums) {
    state.groups[id] ??= {
      id,
      title,
      bots: [botId],
      // The first message of a supergroup tells that it was made.
      nextMessageId: 2,
      messages: [],
      forum: {
        botId,
        owner: staff.find((one) => one.role === 'supervisor')?.id ?? 0,
        members: staff.map((one) => one.id),
        rights: { [botId]: allRights },
        topics: {},
        toasts: {},
      },
    }
  }
}

export const groupChat = ({ id, title, forum }: TelegramGroup): Chat => ({
  id,
  type: 'supergroup',
  title,
  ...(forum ? { is_forum: true } : {}),
})
