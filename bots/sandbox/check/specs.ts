import { readFileSync } from 'node:fs'
import type { TelegramSpec, VkSpec } from '../specs/shapes.ts'

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../specs/${name}`, import.meta.url), 'utf8'))

export const telegramSpec = read('telegram.json') as TelegramSpec

/** VK's schema as published, mended where it is known to be behind the platform: each line says what the platform really takes. */
export const vkSpec = mendVk(read('vk.json') as VkSpec)

function mendVk(spec: VkSpec): VkSpec {
  const parameters = (method: string) => spec.methods[method]?.parameters ?? {}
  // The guide says 4096 (error 914); the schema's 9000 was never true of communities.
  for (const method of ['messages.send', 'messages.edit']) delete parameters(method).message?.maxLength
  parameters('messages.edit').conversation_message_id = { type: 'integer', minimum: 0 }
  parameters('messages.edit').keyboard = { type: 'string', $ref: 'messages_keyboard' }
  parameters('messages.send').random_id = { type: 'integer', format: 'int32', needed: true }
  parameters('execute').code = { type: 'string', needed: true }
  parameters('groups.setLongPollSettings').message_event = { type: 'boolean' }
  const keyboard = spec.definitions.messages_keyboard?.schema
  if (keyboard) keyboard.required = ['buttons']
  const color = spec.definitions.messages_keyboard_button?.schema.properties?.color
  if (color?.enum) color.enum.push('secondary')
  // A peer of a person is beyond int32 for the newest accounts.
  const peer = parameters('docs.getMessagesUploadServer').peer_id
  if (peer) peer.format = 'int64'
  // It arrives as the object that the button was given, whatever the schema says.
  const payload = spec.definitions.callback_message_event?.schema.properties?.payload
  if (payload) delete payload.type
  const state = spec.definitions.callback_message_typing_state?.schema.properties?.state
  if (state?.enum) state.enum.push('typing')
  return spec
}
