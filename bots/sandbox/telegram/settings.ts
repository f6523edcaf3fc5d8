import { botUser } from './bots.ts'
import { placeOfCall, type TelegramCall, type TelegramMethod } from './call.ts'
import type { Place } from './places.ts'
import type { TelegramMessage } from './shapes.ts'
import { shownAsReply } from './threads.ts'

/** What a bot says about itself: commands by scope and language, name, descriptions, the menu button. */
export const settings: Record<string, TelegramMethod> = {
  getMe: ({ world, bot }) => ({
    ...botUser(world, bot),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  }),
  setMyCommands: (call) =>
    change(call, () => {
      call.bot.commands[commandsKey(call)] = call.params.commands
    }),
  getMyCommands: (call) => call.bot.commands[commandsKey(call)] ?? [],
  deleteMyCommands: (call) =>
    change(call, () => {
      delete call.bot.commands[commandsKey(call)]
    }),
  setMyName: (call) => setText(call, 'name'),
  getMyName: (call) => ({ name: text(call, 'name') || botUser(call.world, call.bot).first_name }),
  setMyDescription: (call) => setText(call, 'description'),
  getMyDescription: (call) => ({ description: text(call, 'description') }),
  setMyShortDescription: (call) => setText(call, 'short_description'),
  getMyShortDescription: (call) => ({ short_description: text(call, 'short_description') }),
  setChatMenuButton: (call) =>
    change(call, () => {
      call.bot.menuButton = call.params.menu_button ?? { type: 'default' }
    }),
  getChatMenuButton: ({ bot }) => bot.menuButton,
  setMyDefaultAdministratorRights: () => true,
  deleteWebhook: (call) =>
    change(call, () => {
      if (call.params.drop_pending_updates) call.bot.queue = []
    }),
  getWebhookInfo: ({ bot }) => ({ url: '', has_custom_certificate: false, pending_update_count: bot.queue.length }),
  getChat: (call) => ({
    ...placeOfCall(call).chat,
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: true,
      limited_gifts: true,
      unique_gifts: true,
      premium_subscription: true,
      gifts_from_channels: true,
    },
    ...pinnedOf(placeOfCall(call)),
  }),
  leaveChat: (call) =>
    change(call, () => {
      const group = call.world.state.telegram.groups[String(placeOfCall(call).chat.id)]
      if (!group) return
      group.bots = group.bots.filter((id) => id !== call.bot.id)
      delete group.forum?.rights[call.bot.id]
    }),
}

function pinnedOf({ group, own, messages }: Place): { pinned_message?: TelegramMessage } {
  const id = (group ?? own?.state)?.pinned?.at(-1)
  const found = messages.find((one) => one.body.message_id === id && !one.deleted)
  return found ? { pinned_message: shownAsReply(found.body) } : {}
}

function change({ world }: TelegramCall, make: () => void): true {
  make()
  world.changed({ kind: 'people' })
  return true
}

function commandsKey({ params }: TelegramCall): string {
  return [params.scope?.type ?? 'default', params.scope?.chat_id ?? '', params.language_code ?? ''].join(':')
}

type Kind = 'name' | 'description' | 'short_description'

const setText = (call: TelegramCall, kind: Kind): true =>
  change(call, () => {
    call.bot.texts[`${kind}:${call.params.language_code ?? ''}`] = call.params[kind] ?? ''
  })

const text = ({ bot, params }: TelegramCall, kind: Kind) =>
  bot.texts[`${kind}:${params.language_code ?? ''}`] ?? bot.texts[`${kind}:`] ?? ''
