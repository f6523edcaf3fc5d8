import type { DeliveryContext } from '../../src/engine/channel.ts'
import type { ShownFile } from '../../src/engine/outgoing.ts'
import { AppError } from '../../src/infra/errors.ts'
import type { Http } from '../../src/infra/http.ts'
import { judge } from './answers.ts'
import type { VkApi } from './api.ts'
import { photoBytes, vkLimits } from './limits.ts'
import { uploadDocument, uploadPhoto, uploadVoice } from './upload.ts'

/** A file as messages.send takes it (`photo-1_2_key`); `cached` when VK had it before, `fresh` when its id is worth keeping. */
export interface Attached {
  file: ShownFile
  ref: string
  from: 'cache' | 'upload' | 'detour'
}

/** `refused`: files that VK takes in no form, and why. */
export interface Attaching {
  attached: Attached[]
  refused: { file: ShownFile; failure: AppError }[]
}

/**
 * Files as attachments, in order: by the id VK gave them before, else uploaded. A photo or a voice VK does not take goes as a document.
 * Fails with an `AppError` when it may go better later.
 */
export async function attach(
  api: VkApi,
  http: Http,
  peer: number,
  files: ShownFile[],
  delivery: DeliveryContext,
  useCache: boolean,
): Promise<Attaching> {
  const all: Attaching = { attached: [], refused: [] }
  for (const file of files) {
    const { cachedRef, bytes } = await delivery.file(file.id)
    if (useCache && cachedRef !== undefined) all.attached.push({ file, ref: cachedRef, from: 'cache' })
    else {
      const came = await uploaded(api, http, peer, file, await bytes()).catch(refusal)
      if (came instanceof AppError) all.refused.push({ file, failure: came })
      else all.attached.push(came)
    }
  }
  return all
}

function refusal(error: unknown): AppError {
  if (error instanceof AppError && error.code === 'PLATFORM_REFUSED') return error
  throw error
}

async function uploaded(api: VkApi, http: Http, peer: number, file: ShownFile, bytes: Uint8Array): Promise<Attached> {
  if (bytes.length === 0 || bytes.length > vkLimits.sentFileBytes) {
    throw new AppError('PLATFORM_REFUSED', { facts: { bytes: bytes.length, limit: vkLimits.sentFileBytes } })
  }
  const content = { peer, name: file.name, bytes }
  const isOfItsKind = file.kind === 'voice' || (file.kind === 'photo' && bytes.length <= photoBytes)
  if (isOfItsKind) {
    const upload = file.kind === 'voice' ? uploadVoice : uploadPhoto
    try {
      return { file, ref: await upload(api, http, content), from: 'upload' }
    } catch (error) {
      const verdict = judge(error, file.kind === 'voice' ? 'docs.save' : 'photos.saveMessagesPhoto', {})
      if (verdict.kind === 'failed' && verdict.error.code !== 'PLATFORM_REFUSED') throw verdict.error
    }
  }
  try {
    const ref = await uploadDocument(api, http, content)
    return { file, ref, from: file.kind === 'document' ? 'upload' : 'detour' }
  } catch (error) {
    const verdict = judge(error, 'docs.save', {})
    throw verdict.kind === 'uneditable' ? error : verdict.error
  }
}
