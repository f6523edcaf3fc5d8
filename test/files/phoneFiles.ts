import { deflateSync } from 'node:zlib'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'

/** 400 by 300 pixels, the upper left quarter red, with the place where it was taken (56.83, 60.6), as an iPhone would make it. */
export const heicPhoto = Buffer.from(
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAYFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAANGlsb2MAAAAAREAAAgABAAAAAAGlAAEAAAAAAAABDQACAAAAAAKyAAEAAAAAAAAA3AAAADhpaW5mAAAAAAACAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAFWluZmUCAAABAAIAAEV4aWYAAAAAwGlwcnAAAACiaXBjbwAAAHZodmNDAQNwAAAAAAAAAAAAPPAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAPLoCQCEAAQApQgEBA3AAAAMAkAAAAwAAAwA8oAyIBMfeW6kkprmwIAAAAwAgAAADACEiAAEAB0QBwXKwYkAAAAAUaXNwZQAAAAAAAAGQAAABLAAAABBwaXhpAAAAAAMICAgAAAAWaXBtYQAAAAAAAAABAAEDgQKDAAAAGmlyZWYAAAAAAAAADmNkc2MAAgABAAEAAAHxbWRhdAAAAQkoAa8TKeAV5F7mqHDT//58FH/8O+eH5gyy0nm9kO5rs7ZgRS2ZCLATR8CyPPi+3e7n6BBE0lOTf0VVuhl22gTDTwAAOwAAtwANKKMCKW0oAABGjeB1E8jRABIAAAMAAP/VgRQWTvtX6OBVMwv5Qmkev7HwRRULkK36TP2DUt7Kear13it1nQ6bEOrds05wFD5ocRiAQAU84sYKzAhpOoV5ogwxUDxsDSJlzYhAz6vWf9c0jjKfVQ72zEDaTPHXmQPLMGOKeCLAAAADAAADAAADAMOAhwAAAwAAAwAAAwAAAwAAAwAAAwAAAwIaAAADAAADAAADAAADAAADAAADAAADAAADAAADAJyAAAAAAE1NACoAAAAIAAYBEgADAAAAAQAGAAABGgAFAAAAAQAAAFYBGwAFAAAAAQAAAF4BKAADAAAAAQACAAACEwADAAAAAQABAACIJQAEAAAAAQAAAGYAAAAAAAAASAAAAAEAAABIAAAAAQAFAAAAAQAAAAQCAwAAAAEAAgAAAAJOAAAAAAIABQAAAAMAAACoAAMAAgAAAAJFAAAAAAQABQAAAAMAAADAAAAAAAAAADgAAAABAAAAMQAAAAEAAAAwAAAAAQAAADwAAAABAAAAJAAAAAEAAAAAAAAAAQ==',
  'base64',
)

/** The same picture lying on its side: the camera says that it is to be turned right, and where it stood. */
export async function lyingPhoto(format: 'jpeg' | 'png' = 'jpeg'): Promise<Buffer> {
  const red = await sharp({ create: { width: 200, height: 150, channels: 3, background: '#c00' } })
    .png()
    .toBuffer()
  return sharp({ create: { width: 400, height: 300, channels: 3, background: '#ddd' } })
    .composite([{ input: red, left: 0, top: 0 }])
    .withExif({ IFD0: { Make: 'Phone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '56/1 49/1 48/1' } })
    .withMetadata({ orientation: 6 })
    .toFormat(format)
    .toBuffer()
}

/** One page, under a password when there is one. */
export function pdfOf(text: string, { password }: { password?: string } = {}): Promise<Buffer> {
  const document = new PDFDocument({ compress: false, ...(password !== undefined && { userPassword: password }) })
  const parts: Buffer[] = []
  document.on('data', (part: Buffer) => parts.push(part))
  document.text(text)
  document.end()
  return new Promise((resolve) => document.on('end', () => resolve(Buffer.concat(parts))))
}

/** A picture that says it is so large, in a few hundred bytes. */
export function hugePng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length)
    ends.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side)
  header.writeUInt32BE(side, 4)
  header.set([1, 0], 8)
  const data = deflateSync(Buffer.alloc(1000))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function crc32(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return (sum ^ 0xffffffff) >>> 0
}
