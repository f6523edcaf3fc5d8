import type { BotRights } from '../telegram/forum.ts'
import type { SentFile } from './acts.ts'

/**
 * What a member of a staff forum may do there. Message ids are the forum's; `topic` is the topic's id (`message_thread_id`), without
 * one it happens in the General topic. Whoever acts is taken to have the right to: the sandbox does not guard people from each other,
 * but for a closed topic, where only the owner may write.
 */
export type StaffAct =
  | ({ do: 'say'; text: string } & Where)
  /** Several files are one album. */
  | ({ do: 'send'; files: SentFile[]; caption?: string } & Where)
  | ({ do: 'location'; latitude?: number; longitude?: number } & Where)
  | { do: 'edit'; message: string; text: string }
  /** Bots are not told. */
  | { do: 'erase'; message: string }
  /** The newest button with this label or token, in a topic when one is named; or the one under `message`, even if it is gone. */
  | { do: 'press'; label?: string; token?: string; message?: string; topic?: number }
  | { do: 'createTopic'; name: string }
  | { do: 'renameTopic'; topic: number; name: string }
  | { do: 'closeTopic' | 'reopenTopic' | 'deleteTopic'; topic: number }
  | { do: 'leave' | 'join' }
  /** Those not named are taken away; without `rights` the bot is a plain member. */
  | { do: 'setBotRights'; rights?: Partial<BotRights> }
  | { do: 'kickBot' }
  /** As an administrator with all rights. */
  | { do: 'addBot' }

export interface Where {
  topic?: number
  replyTo?: string
}

/** `messages` are those that the act has made, `message` the last of them; `topic` is the topic it has made. */
export interface StaffActed {
  message?: string
  messages?: string[]
  topic?: number
}
