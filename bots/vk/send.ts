import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Delivered, DeliveryContext } from '../../src/engine/channel.ts'
import type { ShownFile } from '../../src/engine/outgoing.ts'
import type { Log } from '../../src/infra/backOff.ts'
import { AppError } from '../../src/infra/errors.ts'
import type { Http } from '../../src/infra/http.ts'
import { judge, PeerError } from './answers.ts'
import type { VkApi } from './api.ts'
import { type Attached, attach } from './attachments.ts'
import type { Call } from './render.ts'

/** What one call came to: the message that shows it now, its files, and a refusal that took the files from it. */
interface Shown {
  message?: string
  attached?: Attached[]
  failure?: AppError
}

interface Tools {
  http: Http
  log: Log
}

type Message = Call & { kind: 'message' }
type Params = Record<string, string | number>

/**
 * Performs the calls of one delivery in order, without those that an earlier try has done, and stops at the first that shows
 * nothing. `random_id` comes of the delivery and the part: within an hour VK shows a repeated message once.
 */
export async function send(
  api: VkApi,
  calls: Call[],
  delivery: DeliveryContext,
  { http, log }: Tools,
): Promise<Delivered> {
  const delivered: Delivered = { messages: [], fileRefs: [] }
  for (const [part, call] of [...calls.entries()].slice(delivery.partsDone)) {
    if (call.kind === 'typing') {
      // A sign of no consequence: whether VK takes it or not, nobody tries again.
      await api.call('messages.setActivity', { peer_id: call.peer, type: 'typing' }).catch(() => {})
      continue
    }
    const {
      message,
      attached = [],
      failure,
    } = await show(api, call, randomId(delivery.id, part), delivery, { http, log })
    if (message !== undefined) delivered.messages.push(message)
    delivered.fileRefs.push(
      ...attached.filter(({ from }) => from === 'upload').map(({ file, ref }) => ({ file: file.id, ref })),
    )
    if (failure) delivered.failure = failure
    if (failure && message === undefined) break
  }
  return delivered
}

/** A positive int32 which is the same at every try; 0 would mean that VK compares nothing. */
export function randomId(delivery: string, part: number): number {
  return createHash('sha256').update(`${delivery}\n${part}`).digest().readUInt32BE(0) & 0x7fffffff || 1
}

async function show(
  api: VkApi,
  call: Message,
  random_id: number,
  delivery: DeliveryContext,
  tools: Tools,
): Promise<Shown> {
  const inPlace = await edited(api, call, tools.log)
  if (inPlace) return inPlace
  try {
    return await sent(api, call, random_id, delivery, tools)
  } catch (error) {
    const verdict = judge(error, 'messages.send', {})
    if (verdict.kind === 'failed' && verdict.error.code !== 'PLATFORM_REFUSED') return { failure: verdict.error }
    const failure = verdict.kind === 'uneditable' ? new AppError('PLATFORM_REFUSED') : verdict.error
    if (call.files.length === 0) return { failure }
    tools.log.error(failure.facts, 'files cannot be shown, the words go without them')
    const alone = { ...call, files: [], text: call.text || namesOf(call.files) }
    const words = await show(api, alone, random_id, delivery, tools)
    return { failure, ...words }
  }
}

const namesOf = (files: readonly ShownFile[]): string => files.map(({ name }) => name).join('\n')

/** The message changed in place; nothing when it has to be sent anew. VK drops the keyboard of an edit that names none. */
async function edited(api: VkApi, call: Message, log: Log): Promise<Shown | undefined> {
  if (call.edits === undefined) return undefined
  const params = { ...common(call), peer_id: call.peer, cmid: call.edits }
  try {
    await api.call('messages.edit', params)
    return { message: String(call.edits) }
  } catch (error) {
    const verdict = judge(error, 'messages.edit', params)
    if (verdict.kind === 'failed') return { failure: verdict.error }
    if (verdict.kind === 'refused') log.error(verdict.error.facts, 'an edit is refused, the screen is sent anew')
    return undefined
  }
}

/**
 * Sends with the files VK knows already, without those it does not take: of these alone the names are said. When that is refused: as no reply, for the answered message may be gone; with the files uploaded
 * anew; then without the keyboard (at once, if VK complains of it: 911). The last refusal is thrown.
 */
async function sent(
  api: VkApi,
  call: Message,
  random_id: number,
  delivery: DeliveryContext,
  tools: Tools,
  useCache = true,
): Promise<Shown> {
  const { attached, refused } = await attach(api, tools.http, call.peer, call.files, delivery, useCache)
  const [{ failure } = {}] = refused
  if (failure) tools.log.error(failure.facts, 'a file cannot be shown')
  const params = {
    ...common({ ...call, text: call.text || namesOf(refused.map(({ file }) => file)) }),
    ...attachmentOf(attached),
    ...replyOf(call),
    peer_ids: String(call.peer),
    random_id,
  }
  try {
    return { message: await sendOne(api, params), attached, ...(failure && { failure }) }
  } catch (error) {
    const verdict = judge(error, 'messages.send', params)
    if (verdict.kind !== 'refused') throw error
    tools.log.error(verdict.error.facts, 'a message is refused, a plainer form is sent')
    if (call.repliesTo !== undefined && verdict.code !== 911) {
      const { repliesTo: _, ...alone } = call
      return sent(api, alone, random_id, delivery, tools, useCache)
    }
    const fromCache = attached.some(({ from }) => from === 'cache')
    if (fromCache && verdict.code !== 911) return sent(api, call, random_id, delivery, tools, false)
    if (call.keyboard === undefined) throw verdict.error
    const { keyboard: _, ...plain } = call
    return sent(api, plain, random_id, delivery, tools, useCache)
  }
}

function common({ text, keyboard }: Message): Params & { keyboard?: string } {
  return { message: text, ...(keyboard !== undefined && { keyboard }), dont_parse_links: 1, disable_mentions: 1 }
}

/** By ids within the conversation VK takes a reply as a forward of one message that says so (messages_forward). */
const replyOf = ({ peer, repliesTo }: Message): { forward?: string } =>
  repliesTo === undefined
    ? {}
    : { forward: JSON.stringify({ peer_id: peer, conversation_message_ids: [repliesTo], is_reply: true }) }

const attachmentOf = (attached: Attached[]): { attachment?: string } =>
  attached.length > 0 ? { attachment: attached.map(({ ref }) => ref).join(',') } : {}

/** The answer for one of `peer_ids`: only so does VK tell the message's id within the conversation. */
const answers = z.tuple([
  z.object({
    conversation_message_id: z.number().optional(),
    error: z.object({ code: z.number(), description: z.string().optional() }).optional(),
  }),
])

async function sendOne(api: VkApi, params: Params): Promise<string> {
  const read = answers.safeParse(await api.call('messages.send', params))
  if (!read.success)
    throw new AppError('PLATFORM_DOWN', { retry: 2_000, facts: { method: 'messages.send', code: 'no answer' } })
  const [{ conversation_message_id: id, error }] = read.data
  if (error) throw new PeerError(error.code, error.description)
  if (id === undefined)
    throw new AppError('PLATFORM_DOWN', { retry: 2_000, facts: { method: 'messages.send', code: 'no id' } })
  return String(id)
}
