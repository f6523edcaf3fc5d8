import { FormData } from 'undici'
import { z } from 'zod'
import { AppError } from '../../src/infra/errors.ts'
import type { Http } from '../../src/infra/http.ts'
import type { VkApi } from './api.ts'

interface Content {
  peer: number
  name: string
  bytes: Uint8Array
}

const uploadTimeoutMs = 120_000

const place = z.object({ upload_url: z.string() })
const saved = z.object({ owner_id: z.number(), id: z.number(), access_key: z.string().optional() })

const attachment = (
  type: 'photo' | 'doc' | 'audio_message',
  { owner_id, id, access_key }: z.infer<typeof saved>,
): string => [`${type}${owner_id}_${id}`, ...(access_key ? [access_key] : [])].join('_')

/**
 * A photo uploaded for a chat, as an attachment. An upload server answers what it cannot take with no photo in it (`[]`) or
 * with an error, both with status 200: `PLATFORM_REFUSED`, and nothing is saved. (vk-io's own upload would save it all the same.)
 */
export async function uploadPhoto(api: VkApi, http: Http, content: Content): Promise<string> {
  const answer = await uploaded(api, http, 'photo', content)
  const read = z.object({ server: z.number(), photo: z.string().min(3), hash: z.string() }).safeParse(answer)
  if (!read.success) throw refused('photo')
  const [photo] = z.tuple([saved]).parse(await api.call('photos.saveMessagesPhoto', read.data))
  return attachment('photo', photo)
}

/** A file of any kind uploaded for a chat, as an attachment; VK takes neither programs nor mp3: `PLATFORM_REFUSED`. */
export async function uploadDocument(api: VkApi, http: Http, content: Content): Promise<string> {
  const answer = await uploaded(api, http, 'doc', content)
  const read = z.object({ file: z.string().min(1) }).safeParse(answer)
  if (!read.success) throw refused('doc')
  const params = { file: read.data.file, title: content.name }
  const { doc } = z.object({ doc: saved }).parse(await api.call('docs.save', params))
  return attachment('doc', doc)
}

/** An Ogg with Opus in it as a voice message; what VK does not take as one: `PLATFORM_REFUSED`. */
export async function uploadVoice(api: VkApi, http: Http, content: Content): Promise<string> {
  const answer = await uploaded(api, http, 'audio_message', content)
  const read = z.object({ file: z.string().min(1) }).safeParse(answer)
  if (!read.success) throw refused('audio_message')
  const answered = await api.call('docs.save', { file: read.data.file, title: content.name })
  const { audio_message: voice } = z.object({ audio_message: saved.optional() }).parse(answered)
  if (!voice) throw refused('audio_message')
  return attachment('audio_message', voice)
}

const refused = (upload: string) => new AppError('PLATFORM_REFUSED', { facts: { upload } })

async function uploaded(
  api: VkApi,
  http: Http,
  kind: 'photo' | 'doc' | 'audio_message',
  { peer, name, bytes }: Content,
): Promise<unknown> {
  const method = kind === 'photo' ? 'photos.getMessagesUploadServer' : 'docs.getMessagesUploadServer'
  const { upload_url } = place.parse(await api.call(method, { peer_id: peer, ...(kind !== 'photo' && { type: kind }) }))
  const { origin, pathname, search } = new URL(upload_url)
  const form = new FormData()
  form.set(kind === 'photo' ? 'photo' : 'file', new File([bytes], name))
  const { statusCode, body } = await http.dispatcher.request({
    origin,
    path: pathname + search,
    method: 'POST',
    body: form,
    headersTimeout: uploadTimeoutMs,
    bodyTimeout: uploadTimeoutMs,
  })
  const text = await body.text()
  if (statusCode === 413) throw refused(kind)
  if (statusCode !== 200)
    throw new AppError('PLATFORM_DOWN', { retry: 2_000, facts: { upload: kind, status: statusCode } })
  return JSON.parse(text)
}
