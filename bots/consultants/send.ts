import type { InputMediaDocument, InputMediaPhoto, Message } from 'telegraf/types'
import type { Posted, PostProgress } from '../../src/desk/channel.ts'
import type { FileToSend } from '../../src/engine/channel.ts'
import type { ShownFile } from '../../src/engine/outgoing.ts'
import type { Log } from '../../src/infra/backOff.ts'
import { AppError } from '../../src/infra/errors.ts'
import { judge, type Refused } from './answers.ts'
import type { Ask } from './api.ts'
import { albumPieces, forumLimits, photoBytes } from './limits.ts'
import type { Part } from './render.ts'

export interface Sending {
  ask: Ask
  log: Log
  open(file: string): Promise<FileToSend>
  /** Pieces that an album may have; under two there are none. */
  albumPieces: number
}

type TextPart = Part & { kind: 'text' }
type FilePart = Part & { kind: 'file' }
/** A file with its bytes, as what it goes: nothing when Telegram takes no such file. */
type Opened = FilePart & { as: ShownFile['kind'] | undefined; source: Buffer }
type Sent = Required<Posted>

/**
 * Shows the parts in order, those of an earlier try left out; `together`: files that may go together become albums. Fails at the first that
 * is not shown. What Telegram refuses is tried once more in a plainer form: words without looks, a picture as a document, an album one by
 * one, a file by its name.
 */
export async function send(
  parts: Part[],
  together: boolean,
  { done, shown }: PostProgress,
  sending: Sending,
): Promise<Posted> {
  const messages: string[] = []
  const unshown: string[] = []
  const said = async (sent: Sent) => {
    messages.push(...sent.messages)
    unshown.push(...sent.unshown)
    await shown(sent.messages)
  }
  const left = parts.slice(done)
  for (let part = left.shift(); part; part = left.shift()) {
    if (part.kind === 'text') await said(await sendText(part, sending))
    else {
      const files = [part]
      const mostPieces = together ? Math.min(albumPieces, sending.albumPieces) : 1
      for (let next = left[0]; next?.kind === 'file' && files.length < mostPieces; next = left[0]) {
        files.push(next)
        left.shift()
      }
      for (const run of runsOf(await opened(files, sending), mostPieces)) await sendRun(run, sending, said)
    }
  }
  return unshown.length > 0 ? { messages, unshown } : { messages }
}

async function opened(files: FilePart[], { open }: Sending): Promise<Opened[]> {
  const all: Opened[] = []
  for (const part of files) {
    const source = Buffer.from(await (await open(part.file.id)).bytes())
    all.push({ ...part, source, as: sentAs(part.file, source.length) })
  }
  return all
}

/** As what a file goes: an over-large photo as a document, an empty or over-large file not at all. */
export function sentAs({ kind }: ShownFile, bytes: number): Opened['as'] {
  if (bytes === 0 || bytes > forumLimits.sentFileBytes) return undefined
  return kind === 'photo' && bytes > photoBytes ? 'document' : kind
}

/** Neighbours of one kind; an album takes photos with photos and documents with documents only. */
function runsOf(files: Opened[], mostPieces: number): Opened[][] {
  const runs: Opened[][] = []
  for (const file of files) {
    const run = runs.at(-1)
    const fits = run?.[0]?.as === file.as && (file.as === 'photo' || file.as === 'document')
    if (run && fits && run.length < mostPieces) run.push(file)
    else runs.push([file])
  }
  return runs
}

async function sendRun(run: Opened[], sending: Sending, said: (sent: Sent) => Promise<void>): Promise<void> {
  if (run.length > 1) {
    const album = await sendAlbum(run, sending)
    if (album) return said(album)
  }
  for (const file of run) await said(await sendFile(file, sending))
}

async function sendAlbum(run: Opened[], { ask, log }: Sending): Promise<Sent | undefined> {
  const [first] = run
  if (!first) return undefined
  const { caption: _, caption_entities: __, ...where } = first.payload
  const media = run.map(({ payload: { caption, caption_entities }, file, source, as }) => ({
    type: as === 'photo' ? ('photo' as const) : ('document' as const),
    media: { source, filename: fileName(file) },
    ...(caption !== undefined && { caption }),
    ...(caption_entities && { caption_entities }),
  })) as InputMediaPhoto[] | InputMediaDocument[]
  const payload = { ...where, media }
  const answer = await trying('sendMediaGroup', payload, () => ask('sendMediaGroup', payload))
  if (Array.isArray(answer)) return { messages: answer.map(idOf), unshown: [] }
  log.warn(answer.error.facts, 'an album is refused, its pieces go one by one')
  return undefined
}

/** As what it is, else as a document, else by its name. */
async function sendFile(part: Opened, sending: Sending): Promise<Sent> {
  const { ask, log } = sending
  const { as, file, payload, source } = part
  const upload = () => ({ source, filename: fileName(file) })
  if (as === 'photo' || as === 'voice') {
    const answer =
      as === 'photo'
        ? await trying('sendPhoto', payload, () => ask('sendPhoto', { ...payload, photo: upload() }))
        : await trying('sendVoice', payload, () => ask('sendVoice', { ...payload, voice: upload() }))
    if (!isRefused(answer)) return { messages: [idOf(answer)], unshown: [] }
    log.warn(answer.error.facts, `a ${as} is refused, it goes as a document`)
  }
  if (as !== undefined) {
    const answer = await trying('sendDocument', payload, () => ask('sendDocument', { ...payload, document: upload() }))
    if (!isRefused(answer)) return { messages: [idOf(answer)], unshown: [] }
    log.error(answer.error.facts, 'a file cannot be shown')
  } else {
    log.error({ bytes: source.length, limit: forumLimits.sentFileBytes }, 'a file cannot be shown')
  }
  const { caption, caption_entities, ...where } = payload
  const text = caption === undefined ? file.name : `${caption}\n${file.name}`
  const entities = caption_entities ? { entities: caption_entities } : {}
  const words: TextPart = {
    kind: 'text',
    payload: { ...where, text: text.trim() || '…', ...entities, link_preview_options: { is_disabled: true } },
  }
  return { ...(await sendText(words, sending)), unshown: [file.id] }
}

async function sendText({ payload }: TextPart, { ask, log }: Sending): Promise<Sent> {
  const first = await trying('sendMessage', payload, () => ask('sendMessage', payload))
  if (!isRefused(first)) return { messages: [idOf(first)], unshown: [] }
  log.error(first.error.facts, 'a message is refused, its plain form is sent')
  const plain = plainForm(payload, first.says)
  const second = await trying('sendMessage', plain, () => ask('sendMessage', plain))
  if (isRefused(second)) throw second.error
  return { messages: [idOf(second)], unshown: [] }
}

/** Without looks; without the buttons or the answer, too, when it is that what Telegram complains of. */
export function plainForm<Payload extends object>(payload: Payload, says: string): Payload {
  const plain = { ...payload }
  Reflect.deleteProperty(plain, 'entities')
  if (/button|markup|keyboard/i.test(says)) Reflect.deleteProperty(plain, 'reply_markup')
  if (/repl(y|ied)/i.test(says)) Reflect.deleteProperty(plain, 'reply_parameters')
  return plain
}

/** Telegraf puts names into a header of the form as they are. */
const fileName = ({ name }: ShownFile): string => name.replace(/["\\\p{Cc}\p{Surrogate}]/gu, '_') || 'file'

const idOf = ({ message_id }: Pick<Message, 'message_id'>): string => String(message_id)

const isRefused = (answer: object): answer is Refused => 'kind' in answer && answer.kind === 'refused'

/** One call that posts something: what Telegram answers, or why it refuses. All else fails as the desk is to hear it. */
async function trying<Answer>(method: string, payload: object, call: () => Promise<Answer>): Promise<Answer | Refused> {
  try {
    return await call()
  } catch (error) {
    const verdict = judge(error, method, payload)
    if (verdict.kind === 'refused') return verdict
    if (verdict.kind === 'failed') throw verdict.error
    throw new AppError('PLATFORM_REFUSED', { facts: { method, says: verdict.kind } })
  }
}
