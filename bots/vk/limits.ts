import type { Limits } from '../../src/engine/channel.ts'

/**
 * VK API 5.199. Lengths and the keyboard's bounds are those of dev.vk.com (messages.send, «Клавиатуры для ботов»): an inline
 * keyboard has 5 × 6 places and ten buttons. VK has no captions; the bytes are those of docs. Inbound files end at a bound of our own.
 */
export const vkLimits = {
  text: 4096,
  caption: 4096,
  label: 40,
  buttonsInRow: 5,
  rows: 6,
  sentFileBytes: 200 * 1024 * 1024,
  fetchedFileBytes: 20 * 1024 * 1024,
} as const satisfies Limits

/** A community may call 20 times a second, and send 25 messages by one `execute`; VK waits for a minute when it asks for more. */
export const callsASecond = 20
export const callsAnExecute = 25
export const vkMessagesPerSecond = callsASecond * callsAnExecute

export const buttonsInline = 10
export const attachmentsInMessage = 10
/** A larger photo is sent as a document. */
export const photoBytes = 50 * 1024 * 1024
