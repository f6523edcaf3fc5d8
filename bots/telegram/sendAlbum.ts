import { type Api, InputFile } from 'grammy'
import type { InputMediaDocument, InputMediaPhoto } from 'grammy/types'
import type { DeliveryContext } from '../../src/engine/channel.ts'
import type { ShownFile } from '../../src/engine/outgoing.ts'
import type { Log } from '../../src/infra/backOff.ts'
import type { AppError } from '../../src/infra/errors.ts'
import { asked, type Shown, shownBy } from './asked.ts'
import type { FileCall } from './render.ts'
import { sentAs, withoutRef } from './sendFile.ts'

/** A file and what is sent of it: Telegram's id of it, or its bytes. `as`: nothing when Telegram takes no such file. */
export interface Piece {
  call: FileCall
  as: ShownFile['kind'] | undefined
  media: string | InputFile
}

/** Files that stand beside one another, parted into what may go together: an album takes photos with photos and documents with documents. */
export async function piecesTogether(files: readonly FileCall[], delivery: DeliveryContext): Promise<Piece[][]> {
  const albums: Piece[][] = []
  for (const call of files) {
    const piece = await opened(call, delivery)
    const last = albums.at(-1)
    const fits = last?.[0]?.as === piece.as && (piece.as === 'photo' || piece.as === 'document')
    if (last && fits) last.push(piece)
    else albums.push([piece])
  }
  return albums
}

async function opened(call: FileCall, delivery: DeliveryContext): Promise<Piece> {
  const { file } = call
  const { cachedRef, bytes } = await delivery.file(file.id)
  if (cachedRef !== undefined) return { call, as: file.kind, media: cachedRef }
  const content = await bytes()
  return { call, as: sentAs(file, content.length), media: new InputFile(content, file.name) }
}

/** One message a piece, in order, or why there is none yet. Nothing when Telegram refuses the album: its pieces are to go one by one. */
export async function sendAlbum(
  api: Api,
  pieces: readonly Piece[],
  log: Log,
): Promise<Shown[] | { failure: AppError } | undefined> {
  const [first] = pieces
  if (!first) return []
  const { caption: _, caption_entities: __, ...where } = first.call.payload
  const media = pieces.map(({ call: { payload }, as, media }) => ({
    type: as === 'photo' ? ('photo' as const) : ('document' as const),
    media,
    ...(payload.caption !== undefined && { caption: payload.caption }),
    ...(payload.caption_entities && { caption_entities: payload.caption_entities }),
  })) as InputMediaPhoto[] | InputMediaDocument[]
  const payload = { ...where, media }
  const came = await asked('sendMediaGroup', payload, () => api.raw.sendMediaGroup(payload))
  if ('refusal' in came) {
    log.warn(came.refusal.facts, 'an album is refused, its pieces go one by one')
    return undefined
  }
  if ('failure' in came) return came
  return came.answer.map((message, nth) => {
    const { call, as, media } = pieces[nth] ?? first
    const isNew = typeof media !== 'string' && as === call.file.kind
    return isNew ? shownBy(message) : withoutRef(shownBy(message))
  })
}
