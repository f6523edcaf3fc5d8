import { AppError } from '../../src/infra/errors.ts'
import { download } from '../../src/infra/http.ts'
import { judge } from './answers.ts'
import type { Ask, Connection } from './api.ts'
import { forumLimits } from './limits.ts'

const downloadTimeoutMs = 60_000

/** The bytes of a file of staff by its `file_id`; Telegram hands out at most 20 MB. */
export async function fetchFile(ask: Ask, { token, apiRoot, http }: Connection, ref: string): Promise<Uint8Array> {
  const path = await pathOf(ask, ref)
  const url = `${apiRoot.replace(/\/+$/, '')}/file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`
  return download(http.dispatcher, url, { limit: forumLimits.fetchedFileBytes, timeoutMs: downloadTimeoutMs })
}

async function pathOf(ask: Ask, file_id: string): Promise<string> {
  try {
    const { file_path, file_size = 0 } = await ask('getFile', { file_id })
    if (file_size > forumLimits.fetchedFileBytes) throw new AppError('FILE_TOO_LARGE', { facts: { bytes: file_size } })
    if (file_path === undefined) throw new AppError('FILE_GONE', { facts: { method: 'getFile' } })
    return file_path
  } catch (error) {
    const verdict = judge(error, 'getFile', { file_id })
    if (verdict.kind === 'failed' && (verdict.error === error || verdict.error.retry !== 'never')) throw verdict.error
    const isTooBig = verdict.kind === 'refused' && /file is too big/i.test(verdict.says)
    throw new AppError(isTooBig ? 'FILE_TOO_LARGE' : 'FILE_GONE', { facts: { method: 'getFile' } })
  }
}
