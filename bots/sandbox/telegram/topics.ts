import { Refused } from '../refused.ts'
import { botUser } from './bots.ts'
import { groupChanged, placeOfCall, type TelegramCall, type TelegramMethod } from './call.ts'
import type { Topic } from './forum.ts'
import { changeTopic, type ForumGroup, isForum, makeTopic, removeTopic, setClosed } from './topicChanges.ts'

/** What a bot does with the topics of a forum. */
export const topics: Record<string, TelegramMethod> = {
  createForumTopic: (call) => {
    const group = forumOf(call)
    if (!can(call, group, 'can_manage_topics')) throw denied('create a topic')
    const { name = '', icon_color: iconColor, icon_custom_emoji_id: icon } = call.params
    const { topic } = makeTopic(group, botUser(call.world, call.bot), {
      name,
      ...(iconColor === undefined ? {} : { iconColor }),
      ...(icon === undefined ? {} : { icon }),
    })
    groupChanged(call.world, group)
    return {
      message_thread_id: topic.id,
      name: topic.name,
      icon_color: topic.iconColor,
      ...(topic.icon ? { icon_custom_emoji_id: topic.icon } : {}),
    }
  },
  editForumTopic: (call) =>
    change(call, (group, topic) => {
      const { name, icon_custom_emoji_id: icon } = call.params
      // An empty name keeps the present one.
      return changeTopic(group, botUser(call.world, call.bot), topic, {
        ...(name ? { name } : {}),
        ...(icon === undefined ? {} : { icon }),
      })
    }),
  closeForumTopic: (call) =>
    change(call, (group, topic) => setClosed(group, botUser(call.world, call.bot), topic, true)),
  reopenForumTopic: (call) =>
    change(call, (group, topic) => setClosed(group, botUser(call.world, call.bot), topic, false)),
  deleteForumTopic: (call) => {
    const group = forumOf(call)
    const topic = topicOf(call, group)
    if (!can(call, group, 'can_delete_messages')) throw denied('delete the topic')
    removeTopic(group, topic)
    groupChanged(call.world, group)
    return true
  },
}

/** Needs the right to manage topics, unless the topic is the bot's own; `make` answers undefined when nothing changes. */
function change(call: TelegramCall, make: (group: ForumGroup, topic: Topic) => unknown): true {
  const group = forumOf(call)
  const topic = topicOf(call, group)
  if (topic.by !== call.bot.id && !can(call, group, 'can_manage_topics')) throw denied('edit the topic')
  if (make(group, topic) === undefined) throw new Refused(400, 'Bad Request: TOPIC_NOT_MODIFIED')
  groupChanged(call.world, group)
  return true
}

function forumOf(call: TelegramCall): ForumGroup {
  const { group } = placeOfCall(call)
  if (!isForum(group)) throw new Refused(400, 'Bad Request: the chat is not a forum')
  return group
}

function topicOf({ params }: TelegramCall, { forum }: ForumGroup): Topic {
  const topic = forum.topics[params.message_thread_id ?? 0]
  if (!topic || topic.deleted) throw new Refused(400, 'Bad Request: TOPIC_ID_INVALID')
  return topic
}

const can = (
  { bot }: TelegramCall,
  { forum }: ForumGroup,
  right: 'can_manage_topics' | 'can_delete_messages',
): boolean => forum.rights[bot.id]?.[right] ?? false

const denied = (what: string) => new Refused(400, `Bad Request: not enough rights to ${what}`)
