import type { InlineKeyboardMarkup, MessageEntity, ReplyParameters } from 'grammy/types'
import type { ChatId } from '../../src/engine/event.ts'
import type { Button, Outgoing, RichText, ShownFile } from '../../src/engine/outgoing.ts'
import { splitText } from '../../src/engine/splitText.ts'
import { entitiesOf } from './entities.ts'
import { telegramLimits } from './limits.ts'

/** One call that shows one message, or does something to the chat. `edits` is the message to change in place instead. */
export type Call =
  | { kind: 'message'; payload: TextPayload; edits?: number }
  | FileCall
  | { kind: 'typing'; payload: { chat_id: number; action: 'typing' } }
  | { kind: 'erase'; payload: { chat_id: number; message_id: number } }

export interface FileCall {
  kind: 'file'
  file: ShownFile
  payload: FilePayload
}

export interface TextPayload {
  chat_id: number
  text: string
  entities?: MessageEntity[]
  reply_markup?: InlineKeyboardMarkup
  reply_parameters?: ReplyParameters
  link_preview_options: { is_disabled: true }
}

interface FilePayload {
  chat_id: number
  caption?: string
  caption_entities?: MessageEntity[]
  reply_markup?: InlineKeyboardMarkup
  reply_parameters?: ReplyParameters
}

/**
 * What to ask of Telegram for something neutral, in order. Files come first; a text that is short enough becomes the caption of the first one,
 * which is an album's (of the last one when there are buttons), a longer one follows in messages of its own. The keyboard sits under the last
 * message; the first is the reply.
 * Only a screen of one message without files can replace another: a text cannot become a picture.
 */
export function render(chat: ChatId, outgoing: Outgoing): Call[] {
  const chat_id = Number(chat.slice('telegram:'.length))
  if (outgoing.kind === 'typing') return [{ kind: 'typing', payload: { chat_id, action: 'typing' } }]
  if (outgoing.kind === 'erase') {
    return [{ kind: 'erase', payload: { chat_id, message_id: Number(outgoing.message) } }]
  }
  const { files, replaces, repliesTo } = outgoing
  const text = said(outgoing)
  const asCaption = files.length > 0 && text.text.length <= telegramLimits.caption
  const parts = asCaption ? [] : splitText(text, telegramLimits.text)
  const calls: Call[] = [
    ...files.map((file): Call => ({ kind: 'file', file, payload: { chat_id } })),
    ...parts.map((part): Call => ({ kind: 'message', payload: { chat_id, ...textOf(part) } })),
  ]
  const last = calls.at(-1)
  if (last?.kind === 'message' || last?.kind === 'file') Object.assign(last.payload, keyboardOf(outgoing.buttons))
  const [first] = calls
  const captioned = outgoing.buttons.flat().length > 0 ? last : first
  if (asCaption && captioned?.kind === 'file') Object.assign(captioned.payload, captionOf(text))
  if (first?.kind === 'message' || first?.kind === 'file') Object.assign(first.payload, replyTo(repliesTo))
  if (calls.length === 1 && last?.kind === 'message' && isMessageId(replaces)) last.edits = Number(replaces)
  return calls
}

const isMessageId = (id: string | undefined): boolean => /^[1-9]\d*$/.test(id ?? '')

/** A message that is gone is no hindrance. */
const replyTo = (message: string | undefined): { reply_parameters?: ReplyParameters } =>
  isMessageId(message) ? { reply_parameters: { message_id: Number(message), allow_sending_without_reply: true } } : {}

/** Telegram takes well-formed UTF-16 only, and shows no message without a visible character; buttons need one to sit under. */
function said({ text: { text, spans }, files, buttons }: Outgoing & { kind: 'show' }): RichText {
  const sound = text.replace(/\p{Surrogate}/gu, '\uFFFD')
  if (sound.trim() !== '') return { text: sound, spans }
  return { text: files.length === 0 && buttons.flat().length > 0 ? '…' : '', spans: [] }
}

function textOf(part: RichText): Omit<TextPayload, 'chat_id'> {
  const entities = entitiesOf(part)
  return { text: part.text, ...(entities.length > 0 && { entities }), link_preview_options: { is_disabled: true } }
}

function captionOf(text: RichText): Omit<FilePayload, 'chat_id'> {
  const entities = entitiesOf(text)
  return { ...(text.text && { caption: text.text }), ...(entities.length > 0 && { caption_entities: entities }) }
}

function keyboardOf(buttons: Button[][]): { reply_markup?: InlineKeyboardMarkup } {
  const { buttonsInRow, rows } = telegramLimits
  const fitting = buttons
    .flatMap((row) =>
      Array.from({ length: Math.ceil(row.length / buttonsInRow) }, (_, at) =>
        row.slice(at * buttonsInRow, (at + 1) * buttonsInRow),
      ),
    )
    .slice(0, rows)
    .map((row) => row.map(({ label, token }) => ({ text: shortened(label), callback_data: token })))
  return fitting.length > 0 ? { reply_markup: { inline_keyboard: fitting } } : {}
}

/** A label without a visible character would be dropped without a word. */
function shortened(label: string): string {
  const sound = label.replace(/\p{Surrogate}/gu, '\uFFFD').trim() || '…'
  if (sound.length <= telegramLimits.label) return sound
  return `${sound.slice(0, telegramLimits.label - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
