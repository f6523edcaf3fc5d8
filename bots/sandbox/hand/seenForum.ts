import { botById } from '../telegram/bots.ts'
import { type BotRights, type Busy, GENERAL } from '../telegram/forum.ts'
import type { ForumGroup } from '../telegram/topicChanges.ts'
import type { StaffPerson } from '../world/staff.ts'
import type { World } from '../world/world.ts'
import type { SeenMessage, SeenToast } from './seen.ts'
import { seenTelegramMessage } from './seenTelegram.ts'

/** A staff forum as its members see it. `revision` changes whenever any of it does. */
export interface SeenForum {
  revision: number
  id: number
  title: string
  /** The bot that works here; without `rights` it is a plain member. */
  bot: { id: number; isMember: boolean; rights?: BotRights }
  members: (Pick<StaffPerson, 'id' | 'telegramId' | 'firstName' | 'lastName'> & { role?: StaffPerson['role'] })[]
  /** The General topic first, then by age; those that were deleted stay, with their messages marked so. */
  topics: SeenTopic[]
  /** What the last answered press of a person showed, by the person's id. */
  toasts: Record<string, SeenToast>
}

export interface SeenTopic {
  /** `message_thread_id`; 1 is the General topic. */
  id: number
  name: string
  iconColor?: number
  icon?: string
  closed: boolean
  deleted: boolean
  messages: SeenMessage[]
  /** Ids of messages, newest last. */
  pinned: string[]
  /** What the bot last showed to be doing. */
  busy?: Busy
}

export function seenForum(world: World, group: ForumGroup): SeenForum {
  const { forum } = group
  const byTopic = new Map<number, SeenMessage[]>()
  const bot = botById(world, forum.botId)
  for (const kept of group.messages) {
    const { body } = kept
    const topic = body.is_topic_message ? (body.message_thread_id ?? GENERAL) : GENERAL
    const message: SeenMessage = {
      ...seenTelegramMessage(world, bot, kept),
      from: body.from.is_bot ? 'bot' : 'staff',
      authorId: body.from.id,
    }
    const messages = byTopic.get(topic) ?? []
    messages.push(message)
    byTopic.set(topic, messages)
  }
  const contents = (id: number) => {
    const messages = byTopic.get(id) ?? []
    const shown = new Set(messages.filter((one) => !one.deleted).map((one) => one.id))
    return { messages, pinned: (group.pinned ?? []).map(String).filter((one) => shown.has(one)) }
  }
  const rights = forum.rights[forum.botId]
  return {
    revision: world.news.revision('telegram', group.id),
    id: group.id,
    title: group.title,
    bot: { id: forum.botId, isMember: group.bots.includes(forum.botId), ...(rights ? { rights } : {}) },
    members: forum.members.flatMap((id) => memberOf(world, id)),
    topics: [
      {
        ...{ id: GENERAL, name: 'General', closed: false, deleted: false },
        ...contents(GENERAL),
        ...(forum.busy ? { busy: forum.busy } : {}),
      },
      ...Object.values(forum.topics).map(({ by: _, ...topic }) => ({ ...topic, ...contents(topic.id) })),
    ],
    toasts: forum.toasts,
  }
}

function memberOf(world: World, id: number): SeenForum['members'] {
  const person = world.person(id)
  if (!person) return []
  const role = world.state.staff.find((one) => one.id === id)?.role
  const { telegramId, firstName, lastName } = person
  return [{ id, telegramId, firstName, lastName, ...(role ? { role } : {}) }]
}
