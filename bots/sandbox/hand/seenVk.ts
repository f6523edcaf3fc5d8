import { vkChatWith } from '../vk/call.ts'
import type { VkAttachment, VkButton, VkMessage } from '../vk/shapes.ts'
import type { Person } from '../world/people.ts'
import type { Kept } from '../world/state.ts'
import type { World } from '../world/world.ts'
import type { SeenButton, SeenChat, SeenFile, SeenMessage } from './seen.ts'

export function seenVk(world: World, person: Person): SeenChat {
  const chat = vkChatWith(world, person)
  return {
    revision: world.news.revision('vk', person.id),
    started: chat.messages.length > 0,
    blocked: !chat.allowed && chat.messages.length > 0,
    messages: chat.messages.map((kept) => seenVkMessage(world, kept)),
    keyboard: chat.keyboard?.buttons.map((row) => row.map(button)) ?? [],
    commands: [],
    ...(chat.toast ? { toast: chat.toast } : {}),
    ...(chat.busy ? { busy: chat.busy } : {}),
  }
}

export function seenVkMessage(world: World, { body, deleted }: Kept<VkMessage>): SeenMessage {
  const { admin_author_id: admin, reply_message: reply, fwd_messages: forwarded } = body
  const from = admin ?? body.from_id
  // A community's number is negative.
  const author = from > 0 ? world.knownAs('vk', from)?.firstName : undefined
  return {
    id: String(body.conversation_message_id),
    from: admin !== undefined ? 'admin' : body.out === 1 ? 'bot' : 'resident',
    ...(author ? { author } : {}),
    text: body.text,
    entities: [],
    buttons: body.keyboard?.buttons.map((row) => row.map(button)) ?? [],
    files: body.attachments.flatMap((attachment) => fileOf(world, attachment)),
    edited: body.update_time !== undefined,
    deleted: deleted ?? false,
    at: body.date * 1000,
    ...(body.attachments.some((one) => one.type === 'sticker') ? { sticker: '🐶' } : {}),
    ...(body.geo ? { location: body.geo.coordinates } : {}),
    ...(reply ? { replyTo: String(reply.conversation_message_id) } : {}),
    ...(forwarded.length > 0 ? { forwarded: forwarded.map((one) => one.text) } : {}),
  }
}

function fileOf(world: World, attachment: VkAttachment): SeenFile[] {
  if (attachment.type === 'sticker') return []
  const [kind, link] =
    attachment.type === 'photo'
      ? (['photo', attachment.photo.sizes.at(-1)?.url] as const)
      : attachment.type === 'doc'
        ? (['document', attachment.doc.url] as const)
        : (['voice', attachment.audio_message.link_ogg] as const)
  const id = /\/vk\/file\/(f\d+)\//.exec(link ?? '')?.[1]
  const file = id ? world.files.find(id) : undefined
  if (!file) return []
  const { name, mime, size, width, height } = file
  return [{ kind, name, mime, size, url: `/sandbox/file/${file.id}`, ...(width && height ? { width, height } : {}) }]
}

function button({ action, color }: VkButton): SeenButton {
  const shown = { label: action.label ?? 'Отправить местоположение', ...(color ? { color } : {}) }
  const token = action.payload === undefined ? {} : { token: action.payload }
  switch (action.type) {
    case 'callback':
    case 'text':
    case 'location':
      return { ...shown, ...token, kind: action.type }
    case 'open_link':
      return { ...shown, kind: 'link', ...(action.link ? { link: action.link } : {}) }
    default:
      return { ...shown, ...token, kind: 'other' }
  }
}
