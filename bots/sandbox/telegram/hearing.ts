import type { World } from '../world/world.ts'
import { botById } from './bots.ts'
import type { TelegramMessage } from './shapes.ts'
import type { TelegramBot, TelegramGroup } from './state.ts'
import type { Updates } from './updates.ts'

/** Tells the bots of a group what a person has written or done there. Bots do not see each other's messages. */
export function tellGroup(
  world: World,
  updates: Updates,
  group: TelegramGroup,
  kind: 'message' | 'edited_message',
  body: TelegramMessage,
): void {
  for (const id of group.bots) {
    const bot = botById(world, id)
    if (hears(group, bot, body)) updates.push(bot, { [kind]: body })
  }
}

/** In privacy mode a bot that is no administrator hears commands, replies to it and service messages only (the bots' FAQ). */
function hears({ forum }: TelegramGroup, bot: TelegramBot, body: TelegramMessage): boolean {
  if (!forum || forum.rights[bot.id]) return true
  const { reply_to_message: replied } = body
  if (replied?.from.id === bot.id && !replied.forum_topic_created) return true
  return body.text?.startsWith('/') || serviceOf(body) !== undefined
}

const services = [
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'pinned_message',
  'new_chat_members',
  'left_chat_member',
] as const

/** Answers the field by which a message tells of what was done, when it is not one that somebody has said. */
export const serviceOf = (body: TelegramMessage): (typeof services)[number] | undefined =>
  services.find((name) => body[name] !== undefined)

/** Answers the name of the member or the topic that such a message tells of. */
export const serviceNameOf = (body: TelegramMessage): string | undefined =>
  body.forum_topic_created?.name ??
  body.forum_topic_edited?.name ??
  (body.new_chat_members?.[0] ?? body.left_chat_member)?.first_name
