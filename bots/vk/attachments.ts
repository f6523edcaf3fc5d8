import type { DeliveryContext } from '../../src/engine/channel.ts'
import type { ShownFile } from '../../src/engine/outgoing.ts'
import { AppError } from '../../src/infra/errors.ts'
import { judge } from './answers.ts'
import type { VkApi } from './api.ts'
import { photoBytes, vkLimits } from './limits.ts'

/** A file as messages.send takes it (`photo-1_2_key`); `cached` when VK had it before, `fresh` when its id is worth keeping. */
export interface Attached {
  file: ShownFile
  ref: string
  from: 'cache' | 'upload' | 'detour'
}

/**
 * Files as attachments, in order: by the id VK gave them before, else uploaded. A photo VK does not take goes as a document.
 * Fails with an `AppError`, `PLATFORM_REFUSED` for a file that VK takes in no form.
 */
export async function attach(
  api: VkApi,
  peer: number,
  files: ShownFile[],
  delivery: DeliveryContext,
  useCache: boolean,
): Promise<Attached[]> {
  const attached: Attached[] = []
  for (const file of files) {
    const { cachedRef, bytes } = await delivery.file(file.id)
    if (useCache && cachedRef !== undefined) attached.push({ file, ref: cachedRef, from: 'cache' })
    else attached.push(await uploaded(api, peer, file, await bytes()))
  }
  return attached
}

async function uploaded(api: VkApi, peer_id: number, file: ShownFile, bytes: Uint8Array): Promise<Attached> {
  if (bytes.length > vkLimits.sentFileBytes) {
    throw new AppError('PLATFORM_REFUSED', { facts: { file: 'too large', bytes: bytes.length } })
  }
  const value = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const source = { values: [{ value, filename: file.name }] }
  if (file.kind === 'photo' && bytes.length <= photoBytes) {
    try {
      const photo = await api.upload.messagePhoto({ peer_id, source })
      return { file, ref: String(photo), from: 'upload' }
    } catch (error) {
      const verdict = judge(error, 'photos.saveMessagesPhoto', {})
      if (verdict.kind === 'failed') throw verdict.error
    }
  }
  try {
    const doc = await api.upload.messageDocument({ peer_id, title: file.name, source })
    return { file, ref: String(doc), from: file.kind === 'document' ? 'upload' : 'detour' }
  } catch (error) {
    const verdict = judge(error, 'docs.save', {})
    throw verdict.kind === 'uneditable' ? new AppError('PLATFORM_REFUSED') : verdict.error
  }
}
