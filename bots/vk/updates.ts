import { z } from 'zod'

/** The parts of VK's objects that mean something to us (VK API 5.199: callback_*, messages_message). All else is let through unread. */
const photo = z.object({
  sizes: z.array(z.object({ url: z.string(), width: z.number(), height: z.number() })).optional(),
  orig_photo: z.object({ url: z.string(), width: z.number(), height: z.number() }).optional(),
})

const attachment = z.object({
  type: z.string(),
  photo: photo.optional(),
  doc: z.object({ title: z.string(), size: z.number(), ext: z.string(), url: z.string().optional() }).optional(),
  audio_message: z.object({ link_ogg: z.string().optional(), link_mp3: z.string().optional() }).optional(),
})
export type Attachment = z.infer<typeof attachment>

export const vkMessage = z.object({
  id: z.number(),
  date: z.number(),
  peer_id: z.number(),
  from_id: z.number(),
  out: z.number().optional(),
  conversation_message_id: z.number(),
  text: z.string(),
  update_time: z.number().optional(),
  payload: z.string().optional(),
  ref: z.string().optional(),
  attachments: z.array(attachment).optional(),
  geo: z
    .object({
      coordinates: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
      place: z.object({ title: z.string().optional() }).optional(),
    })
    .optional(),
  action: z.object({ type: z.string(), member_id: z.number().optional() }).optional(),
  reply_message: z.object({ from_id: z.number(), conversation_message_id: z.number().optional() }).optional(),
  /** Of what an administrator has written in VK's own inbox; what the community's token sends has none. */
  admin_author_id: z.number().optional(),
})
export type VkMessage = z.infer<typeof vkMessage>

/** What a client can show; `lang_id` is 0 for Russian, 3 for English. */
const clientInfo = z.object({
  button_actions: z.array(z.string()).optional(),
  inline_keyboard: z.boolean().optional(),
  lang_id: z.number().optional(),
})
export type ClientInfo = z.infer<typeof clientInfo>

const base = { event_id: z.string().optional(), group_id: z.number() }

/** A button's payload comes as an object, though the schema says string. */
const pressed = z.object({
  user_id: z.number(),
  peer_id: z.number(),
  event_id: z.string(),
  payload: z.unknown(),
  conversation_message_id: z.number().optional(),
})

export const vkUpdate = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('message_new'),
    object: z.object({ message: vkMessage, client_info: clientInfo.optional() }),
  }),
  z.object({ ...base, type: z.literal('message_edit'), object: vkMessage }),
  z.object({ ...base, type: z.literal('message_reply'), object: vkMessage }),
  z.object({ ...base, type: z.literal('message_typing_state'), object: z.object({ from_id: z.number() }) }),
  z.object({ ...base, type: z.literal('message_event'), object: pressed }),
  z.object({ ...base, type: z.literal('message_allow'), object: z.object({ user_id: z.number() }) }),
  z.object({ ...base, type: z.literal('message_deny'), object: z.object({ user_id: z.number() }) }),
])
export type VkUpdate = z.infer<typeof vkUpdate>
