import { checkTelegramCall } from '../../bots/sandbox/check/telegram.ts'
import type { Violation } from '../../bots/sandbox/check/violation.ts'
import { checkVkCall } from '../../bots/sandbox/check/vk.ts'
import type { Call as TelegramCall } from '../../bots/telegram/render.ts'
import type { Call as VkCall } from '../../bots/vk/render.ts'

const methods = { message: 'sendMessage', file: 'sendDocument', typing: 'sendChatAction', erase: 'deleteMessage' }

/** What Telegram's rules have against a call that is to be made; files are taken as already uploaded. */
export function telegramViolations(call: TelegramCall): Violation[] {
  const params: Record<string, unknown> = { ...call.payload, ...(call.kind === 'file' && { document: 'file_id' }) }
  return checkTelegramCall(methods[call.kind], params, new Map())
}

/** What VK's rules have against a call that is to be made; files are taken as already uploaded. */
export function vkViolations(call: VkCall): Violation[] {
  if (call.kind !== 'message') return []
  const { text, files, keyboard: buttons, repliesTo } = call
  return checkVkCall('messages.send', {
    v: '5.199',
    peer_ids: '77',
    random_id: '1',
    message: text,
    ...(files.length > 0 && { attachment: files.map((_, at) => `doc-1_${at}`).join(',') }),
    ...(buttons !== undefined && { keyboard: buttons }),
    ...(repliesTo !== undefined && {
      forward: JSON.stringify({ peer_id: 77, conversation_message_ids: [repliesTo], is_reply: true }),
    }),
  })
}
