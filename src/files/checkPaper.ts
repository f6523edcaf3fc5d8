import { fileTypeFromBuffer } from 'file-type'
import type { FileRefusal } from '../engine/event.ts'
import { pdfFault } from './check.ts'
import { cleanPicture } from './picture.ts'

export type CheckedPaper = { mime: string; bytes: Uint8Array } | { refusal: FileRefusal }

/**
 * Whether bytes are a paper (документ) that can be kept: a PDF, or a photo as JPEG, PNG or HEIC, which is drawn anew (`cleanPicture`). What a file
 * is says its content, never its name. Nothing that is packed is ever unpacked (domain rules, §7).
 */
export async function checkPaper(bytes: Uint8Array, mostBytes: number): Promise<CheckedPaper> {
  if (bytes.length === 0) return { refusal: 'empty' }
  if (bytes.length > mostBytes) return { refusal: 'tooLarge' }
  const packed = packedAs(bytes)
  if (packed) return { refusal: packed }
  const mime = (await fileTypeFromBuffer(bytes))?.mime ?? ''
  if (pictures.includes(mime)) return cleanPicture(bytes, mime)
  if (mime !== 'application/pdf') return { refusal: 'wrongKind' }
  if (pdfFault(bytes)) return { refusal: 'broken' }
  return isLocked(bytes) ? { refusal: 'locked' } : { mime, bytes }
}

const pictures: readonly string[] = ['image/jpeg', 'image/png', 'image/heic', 'image/heif']

/** How archives begin, and the files of offices, which are archives or of the old kind that carries macros. */
const beginnings: readonly (readonly [string, 'archive' | 'office'])[] = [
  ['504b', 'archive'],
  ['52617221', 'archive'],
  ['377abcaf271c', 'archive'],
  ['1f8b', 'archive'],
  ['1f9d', 'archive'],
  ['425a68', 'archive'],
  ['fd377a585a00', 'archive'],
  ['28b52ffd', 'archive'],
  ['4d534346', 'archive'],
  ['d0cf11e0a1b11ae1', 'office'],
  ['7b5c727466', 'office'],
]

/** Told by the first bytes alone: to look inside would mean to unpack. Names of entries stand in the clear. */
function packedAs(bytes: Uint8Array): 'archive' | 'office' | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096))
  const [, kind] = beginnings.find(([magic]) => head.toString('hex', 0, magic.length / 2) === magic) ?? []
  const isOffice =
    kind && /\[Content_Types\]\.xml|application\/vnd\.oasis|word\/|xl\/|ppt\//.test(head.toString('latin1'))
  return isOffice ? 'office' : kind
}

/** Under a password, or against changes: said in the clear outside all streams (ISO 32000-1, 7.6). */
function isLocked(bytes: Uint8Array): boolean {
  const all = Buffer.from(bytes).toString('latin1')
  let from = 0
  for (;;) {
    const begins = all.indexOf('stream', from)
    if (locks.test(all.slice(from, begins < 0 ? undefined : begins))) return true
    const ends = begins < 0 ? -1 : all.indexOf('endstream', begins)
    if (ends < 0) return false
    from = ends + 'endstream'.length
  }
}

const locks = /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/
