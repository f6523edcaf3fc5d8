import type { Api } from 'grammy'
import type { Log } from '../../src/infra/backOff.ts'
import { judge } from './answers.ts'
import { type Refused, type Shown, sending } from './asked.ts'
import type { Call, TextPayload } from './render.ts'

/** A message of ours changed in place, where it is one that can be; else sent anew. */
export async function showText(api: Api, call: Call & { kind: 'message' }, log: Log): Promise<Shown> {
  return (await edited(api, call, log)) ?? sendText(api, call.payload, log)
}

async function edited(api: Api, { payload, edits }: Call & { kind: 'message' }, log: Log): Promise<Shown | undefined> {
  if (edits === undefined) return undefined
  const shown = { message: String(edits) }
  try {
    const { reply_parameters: _, ...changed } = payload
    await api.raw.editMessageText({ ...changed, message_id: edits })
    return shown
  } catch (error) {
    const verdict = judge(error, 'editMessageText', payload)
    if (verdict.kind === 'unchanged') return shown
    if (verdict.kind === 'failed') return { failure: verdict.error }
    if (verdict.kind === 'refused') log.error(verdict.error.facts, 'an edit is refused, the screen is sent anew')
    return undefined
  }
}

/** What Telegram refuses is tried once more in its plain form. */
export async function sendText(api: Api, payload: TextPayload, log: Log): Promise<Shown> {
  const first = await sending('sendMessage', payload, () => api.raw.sendMessage(payload))
  if (!('refusal' in first)) return first
  log.error(first.refusal.facts, 'a message is refused, its plain form is sent')
  const plain = plainForm(payload, first.says)
  return shownOrFailed(await sending('sendMessage', plain, () => api.raw.sendMessage(plain)))
}

/** Without entities; without the keyboard, too, when that is what Telegram complains of. */
function plainForm({ entities: _, reply_markup, ...payload }: TextPayload, says: string): TextPayload {
  const keyboardIsWrong = /button|markup|keyboard/i.test(says)
  return { ...payload, ...(reply_markup && !keyboardIsWrong && { reply_markup }) }
}

const shownOrFailed = (shown: Shown | Refused): Shown => ('refusal' in shown ? { failure: shown.refusal } : shown)
