import { Resvg } from '@resvg/resvg-js'
import { expect } from 'vitest'

export interface Pixels {
  width: number
  height: number
  /** Red, green, blue, opacity. */
  at(x: number, y: number): number[]
  /** The same of all, line by line. */
  all: Uint8Array
}

export function pixelsOf(png: Uint8Array): Pixels {
  expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG')
  const [width, height] = [Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)]
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`
  const { pixels } = new Resvg(`${frame}<image href="${href}" width="${width}" height="${height}"/></svg>`).render()
  const at = (x: number, y: number) => [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)]
  return { width, height, at, all: pixels }
}

/** How many pixels of an area are as wished; the whole width and height where nothing is said of them. */
export function count(
  { all, width, height }: Pixels,
  isSuch: (pixel: readonly number[]) => boolean,
  rows = [0, height],
  columns = [0, width],
): number {
  let found = 0
  // One for all: there are millions of them.
  const pixel = [0, 0, 0, 0]
  for (let y = rows[0] ?? 0; y < (rows[1] ?? height); y++)
    for (let x = columns[0] ?? 0; x < (columns[1] ?? width); x++) {
      for (let part = 0; part < 4; part++) pixel[part] = all[(y * width + x) * 4 + part] ?? 0
      if (isSuch(pixel)) found++
    }
  return found
}

export const isDark = ([red = 0, green = 0, blue = 0]: readonly number[]) => red < 90 && green < 90 && blue < 90
export const near =
  ([red = 0, green = 0, blue = 0]: readonly number[]) =>
  ([r = 0, g = 0, b = 0]: readonly number[]) =>
    Math.abs(r - red) < 24 && Math.abs(g - green) < 24 && Math.abs(b - blue) < 24
