import type { Violation } from './violation.ts'

const MAX_DATA_BYTES = 64
const MAX_BUTTONS = 100
const MAX_MARKUP_BYTES = 10 * 1024
const SHOWN_IN_ROW = 8

interface InlineButton {
  text: string
  callback_data?: string
  icon_custom_emoji_id?: string
  style?: string
}

/** Limits of keyboards: one action a button, `callback_data` of 1-64 bytes, some hundred buttons, requests in private chats only. */
export function telegramKeyboard(params: Record<string, unknown>): Violation[] {
  const markup = params.reply_markup
  if (typeof markup !== 'object' || markup === null) return []
  if ('inline_keyboard' in markup) return inline(markup.inline_keyboard as InlineButton[][])
  if ('keyboard' in markup) return reply(markup.keyboard as Record<string, unknown>[][], Number(params.chat_id) > 0)
  return []
}

function inline(rows: InlineButton[][]): Violation[] {
  const path = 'reply_markup.inline_keyboard'
  const count = rows.flat().length
  if (count > MAX_BUTTONS || Buffer.byteLength(JSON.stringify(rows)) > MAX_MARKUP_BYTES) {
    return [bad(path, `${count} buttons, about ${MAX_BUTTONS} or 10 KB at most`, 'reply markup is too long')]
  }
  return rows.flatMap((row, y) => [
    ...(row.length > SHOWN_IN_ROW
      ? [{ rule: 'limit', path: `${path}[${y}]`, says: 'clients show 8 buttons a row at most' }]
      : []),
    ...row.flatMap((button, x) => inlineButton(button, `${path}[${y}][${x}]`)),
  ])
}

function inlineButton({ text, style, icon_custom_emoji_id, ...actions }: InlineButton, path: string): Violation[] {
  if (text === '')
    return [{ rule: 'limit', path: `${path}.text`, says: 'a button without a label is dropped silently' }]
  if (Object.keys(actions).length !== 1) {
    return [bad(path, 'exactly one action a button', 'Text buttons are unallowed in the inline keyboard')]
  }
  if (actions.callback_data === undefined) return []
  const bytes = Buffer.byteLength(actions.callback_data)
  if (bytes >= 1 && bytes <= MAX_DATA_BYTES) return []
  return [bad(`${path}.callback_data`, `${bytes} bytes, must be 1-${MAX_DATA_BYTES}`, 'BUTTON_DATA_INVALID')]
}

function reply(rows: Record<string, unknown>[][], isPrivate: boolean): Violation[] {
  const asks = rows.flat().some((button) => button.request_contact || button.request_location)
  if (!asks || isPrivate) return []
  return [
    bad(
      'reply_markup.keyboard',
      'requests in private chats only',
      'Phone number can be requested in private chats only',
    ),
  ]
}

const bad = (path: string, says: string, text: string): Violation => ({
  rule: 'limit',
  path,
  says,
  refusal: { code: 400, text: `Bad Request: ${text}` },
})
