import type { InlineKeyboardMarkup } from 'telegraf/types'
import type { DeskMessage, DeskPlace } from '../../src/desk/channel.ts'
import type { RichText } from '../../src/engine/outgoing.ts'
import { splitText } from '../../src/engine/splitText.ts'
import type { Log } from '../../src/infra/backOff.ts'
import { judge, settled } from './answers.ts'
import type { Ask } from './api.ts'
import { captionLength } from './limits.ts'
import { captionOf, inPlace, renderedEdit } from './render.ts'
import { plainForm } from './send.ts'

/** Words and buttons of a message of ours, a file's caption too. What is refused is tried once in its plain form. */
export async function edit(
  ask: Ask,
  { forum }: DeskPlace,
  message: string,
  now: Pick<DeskMessage, 'text' | 'buttons'>,
  log: Log,
): Promise<void> {
  const payload = { chat_id: Number(forum), message_id: Number(message), ...renderedEdit(now) }
  try {
    await ask('editMessageText', payload)
  } catch (error) {
    const verdict = judge(error, 'editMessageText', payload)
    if (verdict.kind === 'unchanged') return
    if (verdict.kind === 'failed') throw verdict.error
    if (/there is no text/i.test(verdict.says)) return editCaption(ask, payload, now.text)
    log.error(verdict.error.facts, 'an edit is refused, its plain form is shown')
    const plain = plainForm(payload, verdict.says)
    await settled('editMessageText', plain, () => ask('editMessageText', plain))
  }
}

async function editCaption(
  ask: Ask,
  { chat_id, message_id, reply_markup }: { chat_id: number; message_id: number; reply_markup?: InlineKeyboardMarkup },
  text: RichText,
): Promise<void> {
  const [first] = splitText(text, captionLength)
  const payload = { chat_id, message_id, ...(first && captionOf(first)), ...(reply_markup && { reply_markup }) }
  await settled('editMessageCaption', payload, () => ask('editMessageCaption', payload))
}

/** Without a sound for everybody. */
export async function pin(ask: Ask, { forum }: DeskPlace, message: string): Promise<void> {
  const payload = { chat_id: Number(forum), message_id: Number(message), disable_notification: true }
  await settled('pinChatMessage', payload, () => ask('pinChatMessage', payload))
}

/** 👎 is among the reactions that every bot may set. A sign that cannot be put there is no failure: the words say it. */
export async function mark(ask: Ask, { forum }: DeskPlace, message: string, log: Log): Promise<void> {
  const payload = {
    chat_id: Number(forum),
    message_id: Number(message),
    reaction: [{ type: 'emoji' as const, emoji: '👎' as const }],
  }
  await ask('setMessageReaction', payload).catch((error: unknown) => {
    const verdict = judge(error, 'setMessageReaction', payload)
    if (verdict.kind !== 'unchanged') log.warn(verdict.error.facts, 'a message is not marked')
  })
}

export async function typing(ask: Ask, place: DeskPlace): Promise<void> {
  const payload = { ...inPlace(place), action: 'typing' as const }
  await settled('sendChatAction', payload, () => ask('sendChatAction', payload))
}
