import { Refused } from '../refused.ts'
import type { Person } from '../world/people.ts'
import type { World } from '../world/world.ts'
import { botById, botUser, userOf } from './bots.ts'
import { placeOfCall, type TelegramMethod } from './call.ts'
import type { BotRights } from './forum.ts'
import type { Member, User } from './shapes.ts'
import type { TelegramBot, TelegramGroup } from './state.ts'

/** Who is in a group, and as what. */
export const members: Record<string, TelegramMethod> = {
  getChatMember: (call) => {
    const { world, params } = call
    const { group, own } = placeOfCall(call)
    const person = world.everybody().find((one) => one.telegramId === params.user_id)
    const isBot = world.tokens.telegram.some((one) => one.token.startsWith(`${params.user_id}:`))
    if (own || (!person && !isBot)) {
      if (own && params.user_id === own.person.telegramId) return { status: 'member', user: userOf(own.person) }
      throw new Refused(400, 'Bad Request: PARTICIPANT_ID_INVALID')
    }
    if (person && group) return personMember(group, person)
    return group && botMember(world, group, botById(world, params.user_id))
  },
  /** Other bots are omitted, as by default; a forum of the sandbox has one. */
  getChatAdministrators: (call) => {
    const { world, bot } = call
    const { group } = placeOfCall(call)
    if (!group) throw new Refused(400, 'Bad Request: there are no administrators in the private chat')
    const people = world.everybody().map((person) => personMember(group, person))
    return [...people, botMember(world, group, bot)].filter(
      ({ status }) => status === 'creator' || status === 'administrator',
    )
  },
}

export function personMember({ forum }: TelegramGroup, person: Person): Member {
  const user = userOf(person)
  if (!forum?.members.includes(person.id)) return { status: 'left', user }
  return forum.owner === person.id ? { status: 'creator', user, is_anonymous: false } : { status: 'member', user }
}

export function botMember(world: World, group: TelegramGroup, bot: TelegramBot): Member {
  const user = botUser(world, bot)
  if (!group.bots.includes(bot.id)) return { status: 'kicked', user, until_date: 0 }
  const rights = group.forum?.rights[bot.id]
  return rights ? administrator(user, rights) : { status: 'member', user }
}

const administrator = (user: User, rights: BotRights): Member => ({
  status: 'administrator',
  user,
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: false,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  ...rights,
})
