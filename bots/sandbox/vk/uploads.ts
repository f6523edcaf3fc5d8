import type { FastifyInstance } from 'fastify'
import { readMultipart } from '../multipart.ts'
import type { World } from '../world/world.ts'
import { docOf, photoOf, saveMedia } from './attachments.ts'
import { invalid, type VkCall, type VkMethod } from './call.ts'

export const uploads: Record<string, VkMethod> = {
  'photos.getMessagesUploadServer': ({ url, world }) => ({
    album_id: -64,
    upload_url: `${url}/vk/upload/photo`,
    user_id: 0,
    group_id: world.state.vk.groupId,
  }),
  'docs.getMessagesUploadServer': ({ url }) => ({ upload_url: `${url}/vk/upload/doc` }),
  'photos.saveMessagesPhoto': (call) => {
    const file = uploaded(call, call.params.photo)
    const place = saveMedia(call.world, 'photo', file, -call.world.state.vk.groupId)
    return [photoOf(call.url, file, place)]
  },
  'docs.save': (call) => {
    const file = uploaded(call, call.params.file)
    if (call.params.title) file.name = call.params.title
    const place = saveMedia(call.world, 'doc', file, -call.world.state.vk.groupId)
    return { type: 'doc', doc: docOf(call.url, file, place) }
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
    if (kind !== 'photo') return { file: token(file.id) }
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

const token = (id: string) => JSON.stringify({ sandbox: id })

function uploaded({ world }: VkCall, text: string | undefined) {
  const id = /^\{"sandbox":"(f\d+)"\}$/.exec(text ?? '')?.[1]
  const file = id ? world.files.find(id) : undefined
  if (!file) throw invalid('the file was not uploaded')
  return file
}
