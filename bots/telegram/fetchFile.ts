import type { Api } from 'grammy'
import { AppError } from '../../src/infra/errors.ts'
import { download } from '../../src/infra/http.ts'
import { judge } from './answers.ts'
import type { Connection } from './api.ts'
import { telegramLimits } from './limits.ts'

const downloadTimeoutMs = 60_000

/** The bytes of an inbound file by its `file_id`; Telegram hands out at most 20 MB. */
export async function fetchFile(api: Api, { token, apiRoot, http }: Connection, ref: string): Promise<Uint8Array> {
  const path = await pathOf(api, ref)
  const url = `${apiRoot.replace(/\/+$/, '')}/file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`
  return download(http.dispatcher, url, { limit: telegramLimits.fetchedFileBytes, timeoutMs: downloadTimeoutMs })
}

async function pathOf(api: Api, file_id: string): Promise<string> {
  try {
    const { file_path, file_size = 0 } = await api.raw.getFile({ file_id })
    if (file_size > telegramLimits.fetchedFileBytes)
      throw new AppError('FILE_TOO_LARGE', { facts: { bytes: file_size } })
    if (file_path === undefined) throw new AppError('FILE_GONE', { facts: { method: 'getFile' } })
    return file_path
  } catch (error) {
    const verdict = judge(error, 'getFile', { file_id })
    if (verdict.kind === 'failed') throw verdict.error
    const tooBig = verdict.kind === 'refused' && /file is too big/i.test(verdict.says)
    throw new AppError(tooBig ? 'FILE_TOO_LARGE' : 'FILE_GONE', { facts: { method: 'getFile' } })
  }
}
