import { Refused } from '../refused.ts'
import type { StoredFile } from '../world/state.ts'
import type { World } from '../world/world.ts'
import type { TelegramCall } from './call.ts'
import type { FileMeta, TelegramMessage } from './shapes.ts'
import type { TelegramBot } from './state.ts'

const MAX_PHOTO_SIDES = 10_000
const MAX_PHOTO_RATIO = 20
const MAX_FETCHED_BYTES = 20 * 1024 * 1024

/** Answers the file that a call carries in a form part, or names by the id it has been sent by before. */
export function sentFile({ world, bot, files }: TelegramCall, part: string, value: string | undefined): StoredFile {
  const uploaded = files.get(part) ?? files.get(String(value).replace('attach://', ''))
  if (uploaded) return world.files.add(uploaded.name, uploaded.bytes)
  if (/^https?:/.test(value ?? '')) throw new Refused(400, 'Bad Request: failed to get HTTP URL content')
  const known = fileByRef(world, bot, value ?? '')
  if (!known) throw new Refused(400, 'Bad Request: wrong file identifier/HTTP URL specified')
  return known
}

/** Telegram makes smaller copies of a photo; here a small size is named, and has the same bytes. */
export function photoOf(bot: TelegramBot, file: StoredFile): NonNullable<TelegramMessage['photo']> {
  const { width, height } = file
  if (!width || !height) throw new Refused(400, 'Bad Request: IMAGE_PROCESS_FAILED')
  if (width + height > MAX_PHOTO_SIDES || Math.max(width / height, height / width) > MAX_PHOTO_RATIO) {
    throw new Refused(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS')
  }
  const small = Math.min(1, 90 / Math.max(width, height))
  return [
    { ...metaOf(bot, file, 's'), width: Math.ceil(width * small), height: Math.ceil(height * small) },
    { ...metaOf(bot, file, 'y'), width, height },
  ]
}

export const documentOf = (bot: TelegramBot, file: StoredFile): NonNullable<TelegramMessage['document']> => ({
  ...metaOf(bot, file, 'd'),
  file_name: file.name,
  mime_type: file.mime,
})

/** `duration` in seconds: as the bot says, since nobody listens to the file here. */
export const voiceOf = (bot: TelegramBot, file: StoredFile, duration = 0): NonNullable<TelegramMessage['voice']> => ({
  ...metaOf(bot, file, 'v'),
  duration,
  mime_type: 'audio/ogg',
})

export const videoOf = (bot: TelegramBot, file: StoredFile, duration = 0): NonNullable<TelegramMessage['video']> => ({
  ...metaOf(bot, file, 'm'),
  width: file.width ?? 640,
  height: file.height ?? 360,
  duration,
  file_name: file.name,
  mime_type: file.mime,
})

export const metaOf = (bot: TelegramBot, file: StoredFile, size: string): FileMeta => ({
  file_id: `AgAC-${bot.id}-${file.id}-${size}`,
  file_unique_id: `AQAD${file.id}${size}`,
  file_size: file.size,
})

export function getFile({ world, bot, params }: TelegramCall): FileMeta & { file_path: string } {
  const file = fileByRef(world, bot, params.file_id)
  if (!file) throw new Refused(400, 'Bad Request: wrong file_id or the file is temporarily unavailable')
  if (file.size > MAX_FETCHED_BYTES) throw new Refused(400, 'Bad Request: file is too big')
  const extension = file.name.includes('.') ? file.name.split('.').at(-1) : 'dat'
  const folder = file.mime.startsWith('image/') ? 'photos' : 'documents'
  return {
    ...metaOf(bot, file, params.file_id.split('-').at(-1) ?? 'd'),
    file_id: params.file_id,
    file_path: `${folder}/${file.id}.${extension}`,
  }
}

/** A file id is good for one bot only. */
export function fileByRef(world: World, bot: TelegramBot, ref: string): StoredFile | undefined {
  const [, botId, id] = ref.split('-')
  return Number(botId) === bot.id && id ? world.files.find(id) : undefined
}
