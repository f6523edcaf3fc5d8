import { Resvg } from '@resvg/resvg-js'
import jsqr from 'jsqr'
import { describe, expect, it } from 'vitest'
import { paymentCode } from '../../src/domain/payment/paymentCode.ts'
import { readPayload } from '../../src/domain/payment/readPayload.ts'
import { qrModules, qrPng, quietModules } from '../../src/files/qr.ts'
import { vectors } from '../domain/payment/vectors.ts'

const bytesOf = ({ requisites: payee, bill, agreement }: (typeof vectors)['utf8']): Uint8Array => {
  const code = paymentCode(payee, bill, agreement)
  if (!code.ok) throw new Error(JSON.stringify(code.problems))
  return code.bytes
}

interface Picture {
  side: number
  /** Red, green, blue, opacity of every pixel. */
  pixels: Uint8ClampedArray
}

async function drawn(bytes: Uint8Array): Promise<Picture> {
  const png = Buffer.from(await qrPng(bytes))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const side = png.readUInt32BE(16)
  expect(png.readUInt32BE(20)).toBe(side)
  const href = `data:image/png;base64,${png.toString('base64')}`
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">`
  const { pixels } = new Resvg(`${frame}<image href="${href}" width="${side}" height="${side}"/></svg>`).render()
  return { side, pixels: new Uint8ClampedArray(pixels) }
}

const scanned = ({ side, pixels }: Picture) => jsqr.default(pixels, side, side, { inversionAttempts: 'dontInvert' })

const name = 'Щ'.repeat(200)
const further = { LastName: name, FirstName: name, MiddleName: name, PayerAddress: name }

const cases: [string, Uint8Array][] = [
  ['a payment code in UTF-8', bytesOf(vectors.utf8)],
  ['a payment code in windows-1251', bytesOf(vectors.windows1251)],
  ['every byte there is', Uint8Array.from({ length: 256 }, (_, code) => code)],
  ['digits only, which other modes write shorter', Buffer.from('0123456789')],
  ['the longest names', bytesOf({ ...vectors.utf8, bill: { ...vectors.utf8.bill, further } })],
  ['one byte', Uint8Array.of(0xff)],
]

describe('a QR code', () => {
  it.each(cases)('is read back from its picture: %s', async (_, bytes) => {
    const found = scanned(await drawn(bytes))
    expect(Buffer.from(found?.binaryData ?? [])).toEqual(Buffer.from(bytes))
    expect(found?.chunks.map(({ type }) => type)).toEqual(['byte'])
  })

  it('says what was to be paid', async () => {
    const found = scanned(await drawn(bytesOf(vectors.windows1251)))
    const read = readPayload(Uint8Array.from(found?.binaryData ?? []))
    expect(read).toMatchObject({ separator: '#', fields: { Name: 'ТСЖ "Север|Юг" (пример)', Sum: '77138' } })
  })

  it.each(cases)(
    'is pure black on opaque white, in modules of whole pixels with four white ones around: %s',
    async (_, bytes) => {
      const { side, pixels } = await drawn(bytes)
      const { size, isDark } = qrModules(bytes)
      const scale = side / (size + 2 * quietModules)
      expect(Number.isInteger(scale)).toBe(true)
      expect(scale).toBeGreaterThanOrEqual(8)
      const wanted = Buffer.alloc(side * side * 4, 255)
      for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++) {
          const [row, column] = [Math.floor(y / scale) - 4, Math.floor(x / scale) - 4]
          const isInside = Math.min(row, column) >= 0 && Math.max(row, column) < size
          const at = (y * side + x) * 4
          if (isInside && isDark(row, column)) wanted.fill(0, at, at + 3)
        }
      expect(Buffer.from(pixels).equals(wanted)).toBe(true)
    },
  )

  it('has error correction level M', () => {
    for (const [, bytes] of cases) {
      const { isDark } = qrModules(bytes)
      // The first two bits beside the upper left finder, freed of their mask 10: 00 is M.
      expect([isDark(8, 0), isDark(8, 1)]).toEqual([true, false])
    }
  })

  it('holds 2331 bytes, as large as payment codes may be, and no more', () => {
    expect(qrModules(new Uint8Array(2331)).size).toBe(177)
    expect(() => qrModules(new Uint8Array(2332))).toThrow()
  })
})
