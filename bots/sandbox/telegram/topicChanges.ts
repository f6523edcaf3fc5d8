import { keep, seconds } from './bots.ts'
import { type Forum, groupChat, PLAIN_ICON, type Topic } from './forum.ts'
import type { TelegramMessage, User } from './shapes.ts'
import type { TelegramGroup } from './state.ts'
import { standing } from './threads.ts'

/** A group that has topics. */
export type ForumGroup = TelegramGroup & { forum: Forum }

export const isForum = (group: TelegramGroup | undefined): group is ForumGroup => group?.forum !== undefined

/** Adds a message that tells of what somebody has done; the General topic when none is named. */
export function addService(
  group: TelegramGroup,
  from: User,
  topic: Topic | undefined,
  content: Partial<TelegramMessage>,
): TelegramMessage {
  const message: TelegramMessage = {
    message_id: group.nextMessageId++,
    from,
    chat: groupChat(group),
    date: seconds(),
    ...standing(group.messages, topic, undefined),
    ...content,
  }
  keep(group.messages, message)
  return message
}

/** A topic's id is that of the message that tells of its making, which stands in it. */
export function makeTopic(
  group: ForumGroup,
  from: User,
  { name, iconColor = PLAIN_ICON, icon }: { name: string; iconColor?: number; icon?: string },
): { topic: Topic; message: TelegramMessage } {
  const topic: Topic = {
    id: group.nextMessageId,
    name,
    iconColor,
    by: from.id,
    closed: false,
    deleted: false,
    ...(icon ? { icon } : {}),
  }
  group.forum.topics[topic.id] = topic
  const created = { name, icon_color: iconColor, ...(icon ? { icon_custom_emoji_id: icon } : {}) }
  return { topic, message: addService(group, from, topic, { forum_topic_created: created }) }
}

/** Answers undefined when nothing changes. An empty icon takes the icon away. */
export function changeTopic(
  group: ForumGroup,
  from: User,
  topic: Topic,
  { name, icon }: { name?: string; icon?: string },
): TelegramMessage | undefined {
  const renamed = name !== undefined && name !== topic.name
  const redrawn = icon !== undefined && icon !== (topic.icon ?? '')
  if (!renamed && !redrawn) return undefined
  if (renamed) topic.name = name
  if (redrawn && icon) topic.icon = icon
  if (redrawn && !icon) delete topic.icon
  const forum_topic_edited = { ...(renamed ? { name } : {}), ...(redrawn ? { icon_custom_emoji_id: icon } : {}) }
  return addService(group, from, topic, { forum_topic_edited })
}

/** Answers undefined when it is so already. */
export function setClosed(group: ForumGroup, from: User, topic: Topic, closed: boolean): TelegramMessage | undefined {
  if (topic.closed === closed) return undefined
  topic.closed = closed
  return addService(group, from, topic, closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} })
}

/** A topic goes with all its messages, and nobody is told. */
export function removeTopic(group: ForumGroup, topic: Topic): void {
  topic.deleted = true
  const gone = group.messages.filter(({ body }) => body.is_topic_message && body.message_thread_id === topic.id)
  for (const message of gone) message.deleted = true
  const ids = new Set(gone.map(({ body }) => body.message_id))
  group.pinned = (group.pinned ?? []).filter((id) => !ids.has(id))
}
