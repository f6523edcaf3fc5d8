import { type Api, InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import type { Delivered, DeliveryContext } from '../../src/engine/channel.ts'
import type { ShownFile } from '../../src/engine/outgoing.ts'
import type { Log } from '../../src/infra/backOff.ts'
import { AppError } from '../../src/infra/errors.ts'
import { judge } from './answers.ts'
import { photoBytes, telegramLimits } from './limits.ts'
import type { Call, TextPayload } from './render.ts'

/** What one call came to: the message that shows it now, a new id of its file; with a message and a failure it lacks its file. */
interface Shown {
  message?: string
  ref?: string
  failure?: AppError
}

type Refused = { refusal: AppError; says: string }

/**
 * Performs the calls of one delivery in order, without those that an earlier try has done, and stops at the first that shows
 * nothing. A refused file is replaced by its words, the rest follows, and the refusal is told at the end.
 * Telegram knows no id of ours: a message whose answer was lost is shown again by the next try.
 */
export async function send(api: Api, calls: Call[], delivery: DeliveryContext, log: Log): Promise<Delivered> {
  const delivered: Delivered = { messages: [], fileRefs: [] }
  for (const call of calls.slice(delivery.partsDone)) {
    const { message, ref, failure } = await perform(api, call, delivery, log)
    if (message !== undefined) delivered.messages.push(message)
    if (call.kind === 'file' && ref !== undefined) delivered.fileRefs.push({ file: call.file.id, ref })
    if (failure) delivered.failure = failure
    if (failure && message === undefined) break
  }
  return delivered
}

async function perform(api: Api, call: Call, delivery: DeliveryContext, log: Log): Promise<Shown> {
  switch (call.kind) {
    case 'message':
      return (await edited(api, call, log)) ?? sendText(api, call.payload, log)
    case 'file':
      return sendFile(api, call, delivery, log)
    case 'typing':
      return heeded(api.raw.sendChatAction(call.payload), 'sendChatAction')
    case 'erase':
      return heeded(api.raw.deleteMessage(call.payload), 'deleteMessage')
  }
}

/** A message of ours changed in place; nothing when it has to be sent anew. */
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

async function sendText(api: Api, payload: TextPayload, log: Log): Promise<Shown> {
  const first = await trying('sendMessage', payload, () => api.raw.sendMessage(payload))
  if (!('refusal' in first)) return first
  log.error(first.refusal.facts, 'a message is refused, its plain form is sent')
  const plain = plainForm(payload, first.says)
  return shownOrFailed(await trying('sendMessage', plain, () => api.raw.sendMessage(plain)))
}

/** Without entities; without the keyboard, too, when that is what Telegram complains of. */
function plainForm({ entities: _, reply_markup, ...payload }: TextPayload, says: string): TextPayload {
  const keyboardIsWrong = /button|markup|keyboard/i.test(says)
  return { ...payload, ...(reply_markup && !keyboardIsWrong && { reply_markup }) }
}

/**
 * By the id that Telegram gave it before, else by its bytes. A photo that Telegram cannot take as one goes as a document.
 * When all is refused, its caption (or its name) is sent at least, and the refusal is told.
 */
async function sendFile(api: Api, call: Call & { kind: 'file' }, delivery: DeliveryContext, log: Log): Promise<Shown> {
  const { file } = call
  const { cachedRef, bytes } = await delivery.file(file.id)
  if (cachedRef !== undefined) {
    const again = await asFile(api, call, file.kind, cachedRef)
    if (!('refusal' in again)) return withoutRef(again)
  }
  const content = await bytes()
  if (content.length === 0 || content.length > telegramLimits.sentFileBytes) {
    const facts = { bytes: content.length, limit: telegramLimits.sentFileBytes }
    return withoutFile(api, call, new AppError('PLATFORM_REFUSED', { facts }), log)
  }
  const upload = () => new InputFile(content, file.name)
  if (file.kind === 'photo' && content.length <= photoBytes) {
    const photo = await asFile(api, call, 'photo', upload())
    if (!('refusal' in photo)) return photo
    log.warn(photo.refusal.facts, 'a photo is refused, it goes as a document')
  }
  if (file.kind === 'voice') {
    const voice = await asFile(api, call, 'voice', upload())
    if (!('refusal' in voice)) return voice
    log.warn(voice.refusal.facts, 'a voice message is refused, it goes as a document')
  }
  const document = await asFile(api, call, 'document', upload())
  if ('refusal' in document) return withoutFile(api, call, document.refusal, log)
  // A photo's id as a document is of no use to the next sendPhoto.
  return file.kind === 'document' ? document : withoutRef(document)
}

const withoutRef = ({ ref: _, ...shown }: Shown): Shown => shown

function asFile(api: Api, { payload }: Call & { kind: 'file' }, kind: ShownFile['kind'], content: InputFile | string) {
  if (kind === 'photo') return trying('sendPhoto', payload, () => api.raw.sendPhoto({ ...payload, photo: content }))
  return kind === 'voice'
    ? trying('sendVoice', payload, () => api.raw.sendVoice({ ...payload, voice: content }))
    : trying('sendDocument', payload, () => api.raw.sendDocument({ ...payload, document: content }))
}

async function withoutFile(
  api: Api,
  { file, payload }: Call & { kind: 'file' },
  failure: AppError,
  log: Log,
): Promise<Shown> {
  log.error(failure.facts, 'a file cannot be shown')
  const { caption, caption_entities: _, ...same } = payload
  const said = await sendText(
    api,
    { ...same, text: caption ?? file.name, link_preview_options: { is_disabled: true } },
    log,
  )
  return { failure, ...said }
}

/** One call that sends a message: shown, failed as the engine is to hear it, or refused (then the caller degrades it). */
async function trying(method: string, payload: object, call: () => Promise<Message>): Promise<Shown | Refused> {
  try {
    const message = await call()
    const ref = refOf(message)
    return { message: String(message.message_id), ...(ref !== undefined && { ref }) }
  } catch (error) {
    const verdict = judge(error, method, payload)
    if (verdict.kind === 'failed') return { failure: verdict.error }
    if (verdict.kind === 'refused') return { refusal: verdict.error, says: verdict.says }
    return { refusal: new AppError('PLATFORM_REFUSED', { facts: { method, says: verdict.kind } }), says: '' }
  }
}

const shownOrFailed = (shown: Shown | Refused): Shown => ('refusal' in shown ? { failure: shown.refusal } : shown)

/** Telegram files some documents under another kind (a GIF becomes an animation). */
function refOf({ photo, document, animation, video, audio, voice }: Message): string | undefined {
  const largest = photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]
  return (largest ?? animation ?? document ?? video ?? audio ?? voice)?.file_id
}

/** A sign or an erasure that Telegram refuses is let be; only what may go better later is told. */
async function heeded(call: Promise<unknown>, method: string): Promise<Shown> {
  try {
    await call
    return {}
  } catch (error) {
    const verdict = judge(error, method, {})
    const later = method === 'deleteMessage' && verdict.kind === 'failed' && verdict.error.retry !== 'never'
    return later && verdict.kind === 'failed' ? { failure: verdict.error } : {}
  }
}
