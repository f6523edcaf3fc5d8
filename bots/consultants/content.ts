import type { Message } from 'telegraf/types'
import type { StaffInput } from '../../src/desk/channel.ts'
import type { GeoPoint, InboundFile } from '../../src/engine/event.ts'
import type { RichText } from '../../src/engine/outgoing.ts'
import { richOf } from './entities.ts'

/** All that a message may hold, whatever it is. */
type Anything = Partial<
  Omit<Message.TextMessage, 'chat'> &
    Omit<Message.PhotoMessage, 'chat'> &
    Message.VoiceMessage &
    Message.VideoMessage &
    Message.VideoNoteMessage &
    Message.AnimationMessage &
    Message.AudioMessage &
    Message.DocumentMessage &
    Message.LocationMessage &
    Message.VenueMessage
>

/** What somebody has said or done by a message. */
export function contentOf(message: Message, { username }: { username?: string | undefined }): StaffInput | undefined {
  if ('forum_topic_closed' in message) return { kind: 'closed' }
  if ('forum_topic_reopened' in message) return { kind: 'reopened' }
  if (serviceKeys.some((key) => key in message)) return undefined
  const it = message as Anything
  const told = { message: String(message.message_id), ...replyOf(message) }
  if (it.text !== undefined) {
    const text = withoutAddress(richOf(it.text, it.entities), username)
    return text && { kind: 'text', text, ...told }
  }
  const file = fileOf(it, message.message_id)
  if (file) {
    const caption = it.caption ? { caption: richOf(it.caption, it.caption_entities) } : {}
    const album = it.media_group_id === undefined ? {} : { album: it.media_group_id }
    return { kind: 'files', files: [file], ...caption, ...told, ...album }
  }
  const place = pointOf(it)
  if (place) return { kind: 'location', ...place, ...told }
  return { kind: 'unsupported', message: told.message }
}

/** A venue is a place that has a name. */
function pointOf({ location, venue }: Anything): GeoPoint | undefined {
  const { latitude, longitude } = venue?.location ?? location ?? {}
  if (latitude === undefined || longitude === undefined) return undefined
  return { latitude, longitude, ...(venue && { title: `${venue.title}, ${venue.address}` }) }
}

export function editOf(message: Message): StaffInput | undefined {
  const { text, caption, entities, caption_entities } = message as Anything
  const words = text === undefined ? caption && richOf(caption, caption_entities) : richOf(text, entities)
  return words ? { kind: 'edited', text: words, message: String(message.message_id) } : undefined
}

/** In a topic what answers nothing is told as an answer to the message by which the topic was made. */
function replyOf(message: Message): { repliesTo?: string } {
  const replied = 'reply_to_message' in message ? message.reply_to_message : undefined
  if (!replied || 'forum_topic_created' in replied) return {}
  return { repliesTo: String(replied.message_id) }
}

/** A command without the `@name` that clients add to it in groups; nothing when it is another bot's. */
function withoutAddress({ text, spans }: RichText, username: string | undefined): RichText | undefined {
  const [whole, command, addressed] = /^(\/\w+)@(\w+)/.exec(text) ?? []
  if (whole === undefined || command === undefined || addressed === undefined) return { text, spans }
  if (username !== undefined && addressed.toLowerCase() !== username.toLowerCase()) return undefined
  const cut = whole.length - command.length
  return {
    text: command + text.slice(whole.length),
    spans: spans.filter(({ at }) => at >= whole.length).map((span) => ({ ...span, at: span.at - cut })),
  }
}

/** Telegram names no photos, voices and round videos: these are named after their message. An animation is a document too. */
function fileOf(it: Anything, id: number): InboundFile | undefined {
  const largest = it.photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]
  if (largest) return inbound('photo', largest, `photo_${id}.jpg`)
  if (it.voice) return inbound('voice', it.voice, `voice_${id}.ogg`)
  const moving = it.video ?? it.video_note ?? it.animation
  if (moving) return inbound('video', moving, `video_${id}.mp4`)
  const other = it.document ?? it.audio
  return other && inbound('document', other, `file_${id}`)
}

function inbound(
  kind: InboundFile['kind'],
  file: { file_id: string; file_size?: number; file_name?: string },
  name: string,
): InboundFile {
  const size = file.file_size === undefined ? {} : { size: file.file_size }
  return { kind, ref: file.file_id, name: file.file_name || name, ...size }
}

/** What Telegram says of a group by itself; nobody has spoken. */
const serviceKeys = [
  ...['forum_topic_created', 'forum_topic_edited', 'general_forum_topic_hidden', 'general_forum_topic_unhidden'],
  ...[
    'pinned_message',
    'new_chat_members',
    'left_chat_member',
    'new_chat_title',
    'new_chat_photo',
    'delete_chat_photo',
  ],
  ...['group_chat_created', 'supergroup_chat_created', 'migrate_to_chat_id', 'migrate_from_chat_id'],
  ...['message_auto_delete_timer_changed', 'video_chat_scheduled', 'video_chat_started', 'video_chat_ended'],
  ...['video_chat_participants_invited', 'proximity_alert_triggered', 'boost_added', 'chat_background_set'],
  ...['write_access_allowed', 'users_shared', 'chat_shared', 'giveaway_created', 'giveaway_completed'],
]
