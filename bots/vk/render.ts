import type { ChatId } from '../../src/engine/event.ts'
import type { Button, Outgoing, RichText, ShownFile } from '../../src/engine/outgoing.ts'
import { splitText } from '../../src/engine/splitText.ts'
import { keyboardOf } from './keyboard.ts'
import { attachmentsInMessage, vkLimits } from './limits.ts'

/** One call that shows one message, or does something to the chat. `edits` is the message to change in place instead; `repliesTo` the answered. */
export type Call =
  | {
      kind: 'message'
      peer: number
      text: string
      files: ShownFile[]
      keyboard?: string
      edits?: number
      repliesTo?: number
    }
  | { kind: 'typing'; peer: number }

/**
 * What to ask of VK for something neutral, in order: a long text in several messages, the files and the keyboard with the last; the first is the reply.
 * A bot cannot take away what a person wrote: `erase` asks for nothing. Only a screen of one message without files can replace
 * another, and never for an old client, whose keyboard belongs to no message.
 */
export function render(chat: ChatId, outgoing: Outgoing): Call[] {
  const peer = Number(chat.slice('vk:'.length))
  if (outgoing.kind === 'typing') return [{ kind: 'typing', peer }]
  if (outgoing.kind === 'erase') return []
  const { files, replaces, repliesTo, buttons, textButtonsOnly = false } = outgoing
  const keyboard = keyboardOf(buttons, textButtonsOnly)
  const calls = messagesOf(plainOf(outgoing.text), files, buttons).map((message): Call & { kind: 'message' } => ({
    kind: 'message',
    peer,
    ...message,
  }))
  const last = calls.at(-1)
  if (last && keyboard) last.keyboard = keyboard
  const [first] = calls
  if (first && isMessageId(repliesTo)) first.repliesTo = Number(repliesTo)
  if (calls.length === 1 && last && files.length === 0 && !textButtonsOnly && isMessageId(replaces)) {
    last.edits = Number(replaces)
  }
  return calls
}

const isMessageId = (id: string | undefined): boolean => /^[1-9]\d*$/.test(id ?? '')

function messagesOf(text: string, files: ShownFile[], buttons: Button[][]): { text: string; files: ShownFile[] }[] {
  const parts = text.trim() === '' ? [] : splitText({ text, spans: [] }, vkLimits.text).map((part) => part.text)
  const early = files.slice(0, -attachmentsInMessage)
  const messages = parts.map((part) => ({ text: part, files: [] as ShownFile[] }))
  // VK shows no message without a word or an attachment, and a keyboard needs one to sit under.
  if (messages.length === 0 && (files.length > 0 || buttons.flat().length > 0)) {
    messages.push({ text: files.length > 0 ? '' : '…', files: [] })
  }
  const last = messages.at(-1)
  if (last) last.files = files.slice(-attachmentsInMessage)
  const bundles = Array.from({ length: Math.ceil(early.length / attachmentsInMessage) }, (_, at) => ({
    text: '',
    files: early.slice(at * attachmentsInMessage, (at + 1) * attachmentsInMessage),
  }))
  return [...bundles, ...messages]
}

/** VK documents no marks within a message: a link shows its address behind its words, bold and code are plain. */
function plainOf({ text, spans }: RichText): string {
  const links = spans.flatMap((span) => (span.style === 'link' && span.url !== '' ? [span] : []))
  const said = links
    .toSorted((a, b) => b.at + b.length - (a.at + a.length))
    .reduce((whole, { at, length, url }) => {
      const end = Math.min(at + length, whole.length)
      return whole.slice(at, end) === url ? whole : `${whole.slice(0, end)} (${url})${whole.slice(end)}`
    }, text)
  return said.replace(/\p{Surrogate}/gu, '\uFFFD')
}
