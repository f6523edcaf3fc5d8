import type { InlineKeyboardMarkup, MessageEntity, ReplyParameters } from 'telegraf/types'
import type { DeskButton, DeskMessage, DeskPlace, StaffMember } from '../../src/desk/channel.ts'
import type { RichText, ShownFile } from '../../src/engine/outgoing.ts'
import { splitText } from '../../src/engine/splitText.ts'
import { entitiesOf } from './entities.ts'
import { buttonRows, buttonsInRow, captionLength, forumLimits } from './limits.ts'

/** One message of a post, in Telegram's words; a file's bytes come later. */
export type Part =
  | { kind: 'text'; payload: Where & TextFields }
  | { kind: 'file'; file: ShownFile; payload: Where & FileFields }

interface Where {
  chat_id: number
  message_thread_id?: number
  reply_parameters?: ReplyParameters
  reply_markup?: InlineKeyboardMarkup
}

interface TextFields {
  text: string
  entities?: MessageEntity[]
  link_preview_options: { is_disabled: true }
}

interface FileFields {
  caption?: string
  caption_entities?: MessageEntity[]
}

export const inPlace = ({ forum, thread }: DeskPlace): { chat_id: number; message_thread_id?: number } => ({
  chat_id: Number(forum),
  ...(thread !== undefined && { message_thread_id: Number(thread) }),
})

/**
 * The messages that a post becomes, in order. Files come first; a text that is short enough is the caption of the first one (of the last
 * one when there are buttons, which sit under the last message), a longer one follows in messages of its own.
 */
export function render(place: DeskPlace, message: DeskMessage): Part[] {
  const { files, buttons, repliesTo } = message
  const text = said(message)
  const asCaption = files.length > 0 && text.text.length <= captionLength
  const captioned = buttons.length > 0 ? files.length - 1 : 0
  const parts: Part[] = files.map((file, at) => ({
    kind: 'file',
    file,
    payload: { ...inPlace(place), ...(asCaption && at === captioned && captionOf(text)) },
  }))
  if (!asCaption)
    for (const part of splitText(text, forumLimits.text))
      parts.push({ kind: 'text', payload: { ...inPlace(place), ...textOf(part) } })
  if (repliesTo !== undefined && parts[0])
    parts[0].payload.reply_parameters = { message_id: Number(repliesTo), allow_sending_without_reply: true }
  const last = parts.at(-1)
  if (last) Object.assign(last.payload, keyboardOf(buttons))
  return parts
}

/** The words and buttons that one message is to have: of a longer text what fits. */
export function renderedEdit(now: Pick<DeskMessage, 'text' | 'buttons'>): TextFields & Pick<Where, 'reply_markup'> {
  const [first = { text: '…', spans: [] }] = splitText(sound(now.text), forumLimits.text)
  return { ...textOf(first), ...keyboardOf(now.buttons) }
}

/** Telegram shows no message without a visible character; buttons need one to sit under. */
function said({ text, mentions = [], files, buttons }: DeskMessage): RichText {
  const whole = calling(sound(text), mentions)
  if (whole.text.trim() !== '') return whole
  return { text: files.length === 0 && buttons.flat().length > 0 ? '…' : '', spans: [] }
}

/** Telegram takes well-formed UTF-16 only. */
const sound = ({ text, spans }: RichText): RichText => ({ text: text.replace(/\p{Surrogate}/gu, '\uFFFD'), spans })

/** With those who are to notice it called by name below. */
function calling({ text, spans }: RichText, mentions: readonly StaffMember[]): RichText {
  let whole = text
  const links = mentions.map(({ id, name }, index) => {
    whole += index === 0 ? (text.trim() === '' ? '' : '\n') : ', '
    const shown = name.replace(/\p{Surrogate}/gu, '\uFFFD').trim() || id
    const at = whole.length
    whole += shown
    return { style: 'link' as const, url: `tg://user?id=${id}`, at, length: shown.length }
  })
  return { text: whole, spans: [...spans, ...links] }
}

function textOf(part: RichText): TextFields {
  const entities = entitiesOf(part)
  return { text: part.text, ...(entities.length > 0 && { entities }), link_preview_options: { is_disabled: true } }
}

export function captionOf(text: RichText): FileFields {
  const entities = entitiesOf(text)
  return { ...(text.text && { caption: text.text }), ...(entities.length > 0 && { caption_entities: entities }) }
}

function keyboardOf(buttons: DeskButton[][]): { reply_markup?: InlineKeyboardMarkup } {
  const fitting = buttons
    .flatMap((row) =>
      Array.from({ length: Math.ceil(row.length / buttonsInRow) }, (_, at) =>
        row.slice(at * buttonsInRow, (at + 1) * buttonsInRow),
      ),
    )
    .slice(0, buttonRows)
    .map((row) => row.map(({ label, token }) => ({ text: shortened(label, forumLimits.label), callback_data: token })))
  return fitting.length > 0 ? { reply_markup: { inline_keyboard: fitting } } : {}
}

/** A label or a title without a visible character would not be taken. */
export function shortened(text: string, limit: number): string {
  const visible = text.replace(/\p{Surrogate}/gu, '\uFFFD').trim() || '…'
  if (visible.length <= limit) return visible
  return `${visible.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
