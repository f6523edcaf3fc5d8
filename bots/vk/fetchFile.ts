import { z } from 'zod'
import { AppError } from '../../src/infra/errors.ts'
import { download } from '../../src/infra/http.ts'
import { judge } from './answers.ts'
import type { Connection, VkApi } from './api.ts'
import { vkLimits } from './limits.ts'
import { type Attachment, vkMessage } from './updates.ts'

const downloadTimeoutMs = 60_000

/**
 * The bytes of an inbound file by its ref `<peer>:<conversation message>:<attachment>`. VK's links end before long, so the
 * message is asked for a fresh one. VK tells no link of a video: `FILE_GONE`.
 */
export async function fetchFile(api: VkApi, { groupId, http }: Connection, ref: string): Promise<Uint8Array> {
  const [, peer_id, cmid, index] = /^(\d+):(\d+):(\d+)$/.exec(ref) ?? []
  if (peer_id === undefined || cmid === undefined) throw gone()
  const params = { peer_id, conversation_message_ids: cmid, group_id: groupId }
  const link = linkOf((await attachmentsOf(api, params))[Number(index)])
  if (link === undefined) throw gone()
  return download(http.dispatcher, link, { limit: vkLimits.fetchedFileBytes, timeoutMs: downloadTimeoutMs })
}

const method = 'messages.getByConversationMessageId'

const gone = () => new AppError('FILE_GONE', { facts: { method } })

const found = z.object({ items: z.array(vkMessage.pick({ attachments: true })) })

async function attachmentsOf(api: VkApi, params: Record<string, string | number>): Promise<Attachment[]> {
  try {
    return found.parse(await api.call(method, params)).items[0]?.attachments ?? []
  } catch (error) {
    const verdict = judge(error, method, params)
    throw verdict.kind === 'failed' ? verdict.error : gone()
  }
}

function linkOf(attachment: Attachment | undefined): string | undefined {
  if (!attachment) return undefined
  const { photo, doc, audio_message: voice } = attachment
  const pictures = [...(photo?.orig_photo ? [photo.orig_photo] : []), ...(photo?.sizes ?? [])]
  return (
    pictures.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]?.url ??
    doc?.url ??
    voice?.link_ogg ??
    voice?.link_mp3
  )
}
