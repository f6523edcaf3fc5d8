import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { checkPaper } from '../../src/files/checkPaper.ts'
import { heicPhoto, hugePng, lyingPhoto, pdfOf } from './phoneFiles.ts'

const megabyte = 1024 * 1024
const check = (bytes: Uint8Array) => checkPaper(bytes, 10 * megabyte)

async function kept(bytes: Uint8Array): Promise<{ mime: string; bytes: Uint8Array }> {
  const checked = await check(bytes)
  if ('refusal' in checked) throw new Error(`refused: ${checked.refusal}`)
  return checked
}

/** The colour of a pixel, roughly: red or grey. */
async function colourAt(bytes: Uint8Array, left: number, top: number): Promise<'red' | 'grey'> {
  const raw = await sharp(bytes).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer()
  return (raw[0] ?? 0) - (raw[1] ?? 0) > 100 ? 'red' : 'grey'
}

const zip = (name: string) =>
  Buffer.concat([
    Buffer.from('504b030414000000080000000000000000000000000000000000', 'hex'),
    Buffer.from([name.length, 0, 0, 0]),
    Buffer.from(name),
    Buffer.alloc(100),
  ])

describe('a photo', () => {
  test.each([['jpeg'], ['png']] as const)(
    'as %s is turned upright, and where it was taken is forgotten',
    async (format) => {
      const sent = await lyingPhoto(format)
      expect(await sharp(sent).metadata()).toMatchObject({ orientation: 6, exif: expect.anything() })
      const { mime, bytes } = await kept(sent)
      expect(mime).toBe(`image/${format}`)
      const { width, height, orientation, exif, xmp } = await sharp(bytes).metadata()
      expect({ width, height, orientation, exif, xmp }).toEqual({ width: 300, height: 400 })
      expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/Exif|Phone/)
      // Turned right, the red corner comes from the upper left to the upper right.
      expect([await colourAt(bytes, 20, 20), await colourAt(bytes, 280, 20)]).toEqual(['grey', 'red'])
    },
  )

  test('of an iPhone becomes a JPEG without the place where it was taken', async () => {
    expect(heicPhoto.toString('latin1')).toContain('Exif')
    const { mime, bytes } = await kept(heicPhoto)
    expect(mime).toBe('image/jpeg')
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 400, height: 300 })
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('Exif')
    expect([await colourAt(bytes, 20, 20), await colourAt(bytes, 380, 20)]).toEqual(['red', 'grey'])
  })

  test('loses what is hidden behind its end', async () => {
    const { bytes } = await kept(Buffer.concat([await lyingPhoto(), zip('evil.exe')]))
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('evil')
  })
})

test('a PDF is kept as it is', async () => {
  const pdf = await pdfOf('a paper')
  expect(await check(pdf)).toEqual({ mime: 'application/pdf', bytes: pdf })
})

test('a PDF that writes of passwords is none under a password', async () => {
  const pdf = await pdfOf('/Encrypt 12 0 R')
  const body = pdf.toString('latin1').replace(/stream\n/, 'stream\n/Encrypt 12 0 R\n')
  expect(await check(Buffer.from(body, 'latin1'))).toMatchObject({ mime: 'application/pdf' })
})

const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500, 1)])

test.each([
  ['nothing', async () => Buffer.alloc(0), 'empty'],
  ['a byte more than is taken', async () => Buffer.alloc(10 * megabyte + 1, '%PDF-'), 'tooLarge'],
  ['a program', async () => program, 'wrongKind'],
  ['words', async () => Buffer.from('Прошу открыть счёт'), 'wrongKind'],
  ['a moving picture', async () => Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'), 'wrongKind'],
  ['an archive', async () => zip('scan.pdf'), 'archive'],
  ['an archive that would unpack to a gigabyte', async () => gzipSync(Buffer.alloc(50 * megabyte)), 'archive'],
  ['a document of Word', async () => zip('[Content_Types].xml'), 'office'],
  [
    'an old document of Word',
    async () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
    'office',
  ],
  ['a PDF under a password', () => pdfOf('a paper', { password: '1234' }), 'locked'],
  ['a PDF without its end', async () => (await pdfOf('a paper')).subarray(0, 600), 'broken'],
  ['half a photo', async () => (await bigPhoto()).subarray(0, 20_000), 'broken'],
  ['half a photo of an iPhone', async () => heicPhoto.subarray(0, 600), 'broken'],
  ['a picture that says it has a billion pixels', async () => hugePng(32_000), 'hugePicture'],
])('%s is refused', async (_, bytes, refusal) => {
  expect(await check(await bytes())).toEqual({ refusal })
})

const bigPhoto = () =>
  sharp({
    create: {
      width: 400,
      height: 400,
      channels: 3,
      background: '#fff',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer()
