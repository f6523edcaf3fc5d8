import type { FastifyInstance } from 'fastify'
import { readMultipart } from '../multipart.ts'
import type { World } from '../world/world.ts'
import { attachmentOf, photoOf, saveMedia } from './attachments.ts'
import { invalid, type VkCall, type VkMethod } from './call.ts'

export const uploads: Record<string, VkMethod> = {
  'photos.getMessagesUploadServer': ({ url, world }) => ({
    album_id: -64,
    upload_url: `${url}/vk/upload/photo`,
    user_id: 0,
    group_id: world.state.vk.groupId,
  }),
  'docs.getMessagesUploadServer': ({ url, params }) => ({ upload_url: `${url}/vk/upload/${params.type ?? 'doc'}` }),
  'photos.saveMessagesPhoto': (call) => {
    const file = uploaded(call, call.params.photo)
    const place = saveMedia(call.world, 'photo', file, -call.world.state.vk.groupId)
    return [photoOf(call.url, file, place)]
  },
  'docs.save': (call) => {
    const file = uploaded(call, call.params.file)
    if (call.params.title) file.name = call.params.title
    const kind = /"as":"audio_message"/.test(call.params.file ?? '') ? 'audio_message' : 'doc'
    const place = saveMedia(call.world, kind, file, -call.world.state.vk.groupId)
    return attachmentOf(call.url, kind, file, place)
  },
}

/** The upload servers and the links under which files are fetched. */
export function serveVkFiles(app: FastifyInstance, world: World): void {
  app.post('/vk/upload/:kind', async (request) => {
    const { kind } = request.params as { kind: string }
    const { files } = readMultipart(request.body as Buffer, request.headers['content-type'] ?? '')
    const part = [...files.values()][0]
    if (!part || part.bytes.length === 0) return { error: 'ERR_UPLOAD_NO_FILE: no file' }
    const file = world.files.add(part.name, part.bytes)
    if (kind !== 'photo') return { file: token(file.id, kind) }
    if (!file.width || !file.height) return { error: 'ERR_UPLOAD_BAD_IMAGE: not a picture' }
    return { server: 1, photo: token(file.id), hash: 'sandbox' }
  })
  app.get('/vk/file/:id/:key/:name', async (request, reply) => {
    const { id } = request.params as { id: string }
    const file = world.files.find(id)
    if (!file) return reply.code(404).send()
    return reply.type(file.mime).send(await world.files.bytes(file))
  })
}

/** What was uploaded, to be saved as what the upload server was asked for. */
const token = (id: string, as = 'photo') => JSON.stringify({ sandbox: id, as })

function uploaded({ world }: VkCall, text: string | undefined) {
  const id = /^\{"sandbox":"(f\d+)","as":"\w+"\}$/.exec(text ?? '')?.[1]
  const file = id ? world.files.find(id) : undefined
  if (!file) throw invalid('the file was not uploaded')
  return file
}
