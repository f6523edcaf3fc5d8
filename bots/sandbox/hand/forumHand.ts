import { botById, keep, seconds, userOf } from '../telegram/bots.ts'
import { groupChanged } from '../telegram/call.ts'
import { GENERAL, groupChat, type Topic } from '../telegram/forum.ts'
import { tellGroup } from '../telegram/hearing.ts'
import type { TelegramMessage } from '../telegram/shapes.ts'
import { shownAsReply, standing } from '../telegram/threads.ts'
import { changeTopic, type ForumGroup, makeTopic, removeTopic, setClosed } from '../telegram/topicChanges.ts'
import type { Updates } from '../telegram/updates.ts'
import type { Person } from '../world/people.ts'
import type { World } from '../world/world.ts'
import { CannotDo, placeOf } from './acts.ts'
import { findButton } from './buttons.ts'
import { addBot, joinForum, kickBot, leaveForum, setBotRights } from './forumMembers.ts'
import { seenForum } from './seenForum.ts'
import type { StaffAct, StaffActed, Where } from './staffActs.ts'
import { filesContent, textContent } from './telegramContent.ts'
import { tellPress } from './telegramPress.ts'

/** A member of a forum with it open before him. */
export interface Member {
  world: World
  updates: Updates
  group: ForumGroup
  person: Person
}

/** Does what somebody does in a staff forum, and tells the bots that are in it. */
export function actInForum(member: Member, act: StaffAct): StaffActed {
  if (act.do !== 'join' && !member.group.forum.members.includes(member.person.id))
    throw new CannotDo('not a member of the group')
  const acted = perform(member, act)
  groupChanged(member.world, member.group)
  return acted
}

function perform(member: Member, act: StaffAct): StaffActed {
  const { world, group, person } = member
  const from = userOf(person)
  switch (act.do) {
    case 'say':
      return write(member, act, [textContent(act.text)])
    case 'send':
      return write(member, act, filesContent(world, botById(world, group.forum.botId), act.files, act.caption))
    case 'location':
      return write(member, act, [{ location: placeOf(act) }])
    case 'edit':
      return edit(member, act.message, act.text)
    case 'erase':
      own(member, act.message).deleted = true
      return {}
    case 'press':
      return press(member, act)
    case 'createTopic': {
      const { topic, message } = makeTopic(group, from, { name: act.name })
      return { ...tell(member, message), topic: topic.id }
    }
    case 'renameTopic':
      return tell(member, changeTopic(group, from, topicOf(group, act.topic), { name: act.name }))
    case 'closeTopic':
    case 'reopenTopic':
      return tell(member, setClosed(group, from, topicOf(group, act.topic), act.do === 'closeTopic'))
    case 'deleteTopic':
      removeTopic(group, topicOf(group, act.topic))
      return {}
    case 'leave':
      return tell(member, leaveForum(member))
    case 'join':
      return tell(member, joinForum(member))
    case 'setBotRights':
      setBotRights(member, act.rights)
      return {}
    case 'kickBot':
      kickBot(member)
      return {}
    case 'addBot':
      addBot(member)
      return {}
  }
}

function tell({ world, updates, group }: Member, message: TelegramMessage | undefined): StaffActed {
  if (!message) return {}
  tellGroup(world, updates, group, 'message', message)
  return { message: String(message.message_id) }
}

function write(member: Member, { topic: topicId, replyTo }: Where, contents: Partial<TelegramMessage>[]): StaffActed {
  const { group, person } = member
  const replied = replyTo === undefined ? undefined : shownAsReply(alive(group, replyTo).body)
  const inTopic = replied?.is_topic_message ? replied.message_thread_id : undefined
  const id = topicId ?? inTopic ?? GENERAL
  const topic = id === GENERAL ? undefined : topicOf(group, id)
  if (topic?.closed && group.forum.owner !== person.id) throw new CannotDo('the topic is closed')
  const messages = contents.map((content) => {
    const message: TelegramMessage = {
      message_id: group.nextMessageId++,
      from: userOf(person),
      chat: groupChat(group),
      date: seconds(),
      ...standing(group.messages, topic, replied),
      ...content,
    }
    keep(group.messages, message)
    return tell(member, message).message ?? ''
  })
  return { messages, ...(messages.length > 0 ? { message: messages.at(-1) ?? '' } : {}) }
}

function edit(member: Member, id: string, text: string): StaffActed {
  const found = own(member, id)
  const isText = found.body.text !== undefined
  found.body = { ...found.body, ...(isText ? { text } : { caption: text }), edit_date: seconds() }
  tellGroup(member.world, member.updates, member.group, 'edited_message', found.body)
  return { message: id }
}

function press({ world, updates, group, person }: Member, act: Extract<StaffAct, { do: 'press' }>): StaffActed {
  const topics = seenForum(world, group).topics.filter((one) => act.topic === undefined || one.id === act.topic)
  const messages = topics.flatMap((one) => one.messages).sort((a, b) => Number(a.id) - Number(b.id))
  const { button, message } = findButton({ messages, keyboard: [] }, act)
  if (button.token === undefined || message === undefined) return {}
  const bot = group.messages.find((one) => String(one.body.message_id) === message)?.body.from
  if (!bot?.is_bot || !group.bots.includes(bot.id)) return {}
  const { token } = button
  tellPress(updates, botById(world, bot.id), {
    person,
    chat: groupChat(group),
    messages: group.messages,
    message,
    token,
  })
  return {}
}

function topicOf(group: ForumGroup, id: number): Topic {
  const topic = group.forum.topics[id]
  if (!topic || topic.deleted) throw new CannotDo('no such topic')
  return topic
}

function alive(group: ForumGroup, id: string) {
  const found = group.messages.find((one) => String(one.body.message_id) === id && !one.deleted)
  if (!found) throw new CannotDo('no such message')
  return found
}

function own({ group, person }: Member, id: string) {
  const found = alive(group, id)
  if (found.body.from.id !== person.telegramId) throw new CannotDo('not a message of his own')
  return found
}
