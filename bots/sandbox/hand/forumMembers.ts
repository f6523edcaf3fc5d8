import { botById, botUser, seconds, userOf } from '../telegram/bots.ts'
import { allRights, type BotRights, groupChat } from '../telegram/forum.ts'
import { botMember, personMember } from '../telegram/members.ts'
import type { MembershipChange, TelegramMessage } from '../telegram/shapes.ts'
import { addService } from '../telegram/topicChanges.ts'
import { CannotDo } from './acts.ts'
import type { Member } from './forumHand.ts'

/** Leaves the group; bots that are administrators and have asked for it are told. */
export function leaveForum(member: Member): TelegramMessage {
  const { group, person } = member
  tellChange(member, () => {
    group.forum.members = group.forum.members.filter((id) => id !== person.id)
  })
  return addService(group, userOf(person), undefined, { left_chat_member: userOf(person) })
}

export function joinForum(member: Member): TelegramMessage {
  const { group, person } = member
  if (group.forum.members.includes(person.id)) throw new CannotDo('a member already')
  tellChange(member, () => group.forum.members.push(person.id))
  return addService(group, userOf(person), undefined, { new_chat_members: [userOf(person)] })
}

function tellChange({ world, updates, group, person }: Member, change: () => void): void {
  const before = personMember(group, person)
  change()
  const chat_member: MembershipChange = {
    chat: groupChat(group),
    from: userOf(person),
    date: seconds(),
    old_chat_member: before,
    new_chat_member: personMember(group, person),
  }
  for (const id of group.bots) if (group.forum.rights[id]) updates.push(botById(world, id), { chat_member })
}

/** Takes away the rights that are not named; without any the bot is a plain member. */
export function setBotRights(member: Member, rights: Partial<BotRights> | undefined): void {
  const { forum, bots } = member.group
  if (!bots.includes(forum.botId)) throw new CannotDo('the bot is not in the group')
  const none: BotRights = { can_manage_topics: false, can_pin_messages: false, can_delete_messages: false }
  tellBot(member, () => {
    if (rights) forum.rights[forum.botId] = { ...none, ...rights }
    else delete forum.rights[forum.botId]
  })
}

export function kickBot(member: Member): void {
  const { group } = member
  const { forum } = group
  tellBot(member, () => {
    group.bots = group.bots.filter((id) => id !== forum.botId)
    delete forum.rights[forum.botId]
  })
  const user = botUser(member.world, botById(member.world, forum.botId))
  addService(group, userOf(member.person), undefined, { left_chat_member: user })
}

export function addBot(member: Member): void {
  const { group } = member
  const { forum } = group
  if (group.bots.includes(forum.botId)) throw new CannotDo('the bot is in the group already')
  tellBot(member, () => {
    group.bots.push(forum.botId)
    forum.rights[forum.botId] = allRights
  })
  const user = botUser(member.world, botById(member.world, forum.botId))
  addService(group, userOf(member.person), undefined, { new_chat_members: [user] })
}

/** Tells the forum's bot that its own standing has changed, also when that was its end here. */
function tellBot({ world, updates, group, person }: Member, change: () => void): void {
  const bot = botById(world, group.forum.botId)
  const before = botMember(world, group, bot)
  change()
  updates.push(bot, {
    my_chat_member: {
      chat: groupChat(group),
      from: userOf(person),
      date: seconds(),
      old_chat_member: before,
      new_chat_member: botMember(world, group, bot),
    },
  })
}
