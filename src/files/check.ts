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
