import { type Api, InputFile } from 'grammy'
import type { DeliveryContext } from '../../src/engine/channel.ts'
import type { ShownFile } from '../../src/engine/outgoing.ts'
import type { Log } from '../../src/infra/backOff.ts'
import { AppError } from '../../src/infra/errors.ts'
import { type Shown, sending } from './asked.ts'
import { photoBytes, telegramLimits } from './limits.ts'
import type { FileCall } from './render.ts'
import { sendText } from './sendText.ts'

/**
 * By the id that Telegram gave it before, else by its bytes. A photo that Telegram cannot take as one goes as a document.
 * When all is refused, its caption (or its name) is sent at least, and the refusal is told.
 */
export async function sendFile(api: Api, call: FileCall, delivery: DeliveryContext, log: Log): Promise<Shown> {
  const { file } = call
  const { cachedRef, bytes } = await delivery.file(file.id)
  if (cachedRef !== undefined) {
    const again = await asFile(api, call, file.kind, cachedRef)
    if (!('refusal' in again)) return withoutRef(again)
  }
  const content = await bytes()
  const as = sentAs(file, content.length)
  if (as === undefined) {
    const facts = { bytes: content.length, limit: telegramLimits.sentFileBytes }
    return withoutFile(api, call, new AppError('PLATFORM_REFUSED', { facts }), log)
  }
  const upload = () => new InputFile(content, file.name)
  if (as !== 'document') {
    const shown = await asFile(api, call, as, upload())
    if (!('refusal' in shown)) return shown
    log.warn(shown.refusal.facts, `a ${as} is refused, it goes as a document`)
  }
  const document = await asFile(api, call, 'document', upload())
  if ('refusal' in document) return withoutFile(api, call, document.refusal, log)
  // A photo's id as a document is of no use to the next sendPhoto.
  return file.kind === 'document' ? document : withoutRef(document)
}

/** As what a file goes: an over-large photo as a document, an empty or over-large file not at all. */
export function sentAs({ kind }: ShownFile, bytes: number): ShownFile['kind'] | undefined {
  if (bytes === 0 || bytes > telegramLimits.sentFileBytes) return undefined
  return kind === 'photo' && bytes > photoBytes ? 'document' : kind
}

export const withoutRef = ({ ref: _, ...shown }: Shown): Shown => shown

function asFile(api: Api, { payload }: FileCall, kind: ShownFile['kind'], content: InputFile | string) {
  if (kind === 'photo') return sending('sendPhoto', payload, () => api.raw.sendPhoto({ ...payload, photo: content }))
  return kind === 'voice'
    ? sending('sendVoice', payload, () => api.raw.sendVoice({ ...payload, voice: content }))
    : sending('sendDocument', payload, () => api.raw.sendDocument({ ...payload, document: content }))
}

async function withoutFile(api: Api, { file, payload }: FileCall, failure: AppError, log: Log): Promise<Shown> {
  log.error(failure.facts, 'a file cannot be shown')
  const { caption, caption_entities: _, ...same } = payload
  const text = caption ?? file.name
  return { failure, ...(await sendText(api, { ...same, text, link_preview_options: { is_disabled: true } }, log)) }
}
