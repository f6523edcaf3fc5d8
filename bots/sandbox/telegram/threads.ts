import { Refused } from '../refused.ts'
import type { TelegramCall } from './call.ts'
import type { Topic } from './forum.ts'
import type { Place } from './places.ts'
import type { TelegramMessage } from './shapes.ts'
import type { TelegramGroup } from './state.ts'

type Standing = Pick<TelegramMessage, 'message_thread_id' | 'is_topic_message' | 'reply_to_message'>

/**
 * The fields that say where in a group a message stands. In a topic every message that answers none is a reply to the one that
 * tells of the topic's making; a reply in the General topic (or a group without topics) opens a thread that is no topic.
 */
export function standing(
  messages: TelegramGroup['messages'],
  topic: Topic | undefined,
  replied: TelegramMessage | undefined,
): Standing {
  if (topic) {
    const root = replied ?? messages.find((one) => one.body.message_id === topic.id)?.body
    return { message_thread_id: topic.id, is_topic_message: true, ...(root ? { reply_to_message: root } : {}) }
  }
  if (!replied) return {}
  return { message_thread_id: replied.message_thread_id ?? replied.message_id, reply_to_message: replied }
}

/** Answers the message that is replied to as another message shows it. */
export function shownAsReply(body: TelegramMessage): TelegramMessage {
  const { reply_to_message: _, ...rest } = body
  return rest
}

/** Answers the topic that a bot's call names, or that of the message it replies to, or refuses as Telegram does. */
export function topicOfCall({ bot, params }: TelegramCall, place: Place, replied?: TelegramMessage): Topic | undefined {
  const forum = place.group?.forum
  const id = params.message_thread_id ?? (replied?.is_topic_message ? replied.message_thread_id : undefined)
  if (id === undefined) return undefined
  const topic = forum?.topics[id]
  if (!forum || !topic || topic.deleted) throw new Refused(400, 'Bad Request: message thread not found')
  if (topic.closed && !forum.rights[bot.id]?.can_manage_topics) throw new Refused(400, 'Bad Request: TOPIC_CLOSED')
  return topic
}
