import sharp, { type SharpOptions } from 'sharp'
import { heicPixels } from './heic.ts'

/** Phones take 12 or 50 million. A small file can claim to be larger than all memory. */
const mostPixels = 64_000_000

const jpegQuality = 90

export type CleanPicture =
  | { mime: 'image/jpeg' | 'image/png'; bytes: Uint8Array }
  | { refusal: 'broken' | 'hugePicture' }

/**
 * A picture drawn anew: it is turned as its camera said, and whatever else stood in the file (the place and time where it was taken, comments, what
 * was hidden behind the end) is gone. A HEIC picture becomes a JPEG, which opens everywhere. Of an animation the first picture is left.
 * Refuses what cannot be read to its end (`broken`) and what has too many pixels (`hugePicture`).
 */
export async function cleanPicture(bytes: Uint8Array, mime: string): Promise<CleanPicture> {
  if (mime === 'image/heic' || mime === 'image/heif') return cleanHeic(bytes)
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata()
    if (width * height > mostPixels) return { refusal: 'hugePicture' }
    const upright = sharp(bytes, rules).autoOrient()
    return mime === 'image/png'
      ? { mime: 'image/png', bytes: await upright.png().toBuffer() }
      : { mime: 'image/jpeg', bytes: await upright.jpeg({ quality: jpegQuality }).toBuffer() }
  } catch {
    return { refusal: 'broken' }
  }
}

/** Half a picture is no picture: of a page the lower half would be missing. */
const rules: SharpOptions = { failOn: 'truncated', limitInputPixels: mostPixels, animated: false }

async function cleanHeic(bytes: Uint8Array): Promise<CleanPicture> {
  const pixels = await heicPixels(bytes, mostPixels)
  if (typeof pixels === 'string') return { refusal: pixels }
  const { width, height, data } = pixels
  const drawn = sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#fff' })
  return { mime: 'image/jpeg', bytes: await drawn.jpeg({ quality: jpegQuality }).toBuffer() }
}
