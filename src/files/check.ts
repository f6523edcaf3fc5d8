import { fileTypeFromBuffer } from 'file-type'
import type { FileRefusal } from '../engine/event.ts'

/** The kinds of pictures that phones make; what a file is says its content, never its name. */
const pictures: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif']

/** Whether bytes are a photo that can be kept. Refuses nothing (`empty`) and anything that is no picture (`notAPicture`). */
export async function checkPhoto(bytes: Uint8Array): Promise<{ mime: string } | { refusal: FileRefusal }> {
  if (bytes.length === 0) return { refusal: 'empty' }
  const found = await fileTypeFromBuffer(bytes)
  return found && pictures.includes(found.mime) ? { mime: found.mime } : { refusal: 'notAPicture' }
}

/**
 * Why bytes are no PDF that can be sent on: nothing at all, another kind of file under its name, or one whose end is missing.
 * Readers look for the marks within the first and the last kilobyte, and so do we.
 */
export function pdfFault(bytes: Uint8Array): 'EMPTY' | 'NOT_A_PDF' | 'TRUNCATED' | undefined {
  const part = (from: number, to?: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1')
  if (bytes.length === 0) return 'EMPTY'
  if (!part(0, 1024).includes('%PDF-')) return 'NOT_A_PDF'
  return /startxref\s+\d+\s+%%EOF/.test(part(-1024)) ? undefined : 'TRUNCATED'
}
