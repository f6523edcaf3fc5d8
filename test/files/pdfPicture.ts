import { PDFiumLibrary } from '@hyzyla/pdfium'
import jsqr from 'jsqr'

/** What a page looks like: red, green, blue and opacity of every pixel. */
export interface PagePicture {
  width: number
  height: number
  pixels: Uint8ClampedArray
}

let library: Promise<PDFiumLibrary> | undefined

/** A document's pages as a browser draws them, at three pixels a point: what is not drawn, only written, is not there. */
export async function drawnPages(bytes: Uint8Array): Promise<PagePicture[]> {
  library ??= PDFiumLibrary.init()
  const document = await (await library).loadDocument(bytes)
  try {
    const pictures: PagePicture[] = []
    for (const page of document.pages()) {
      const { width, height, data } = await page.render({ scale: 3, render: 'bitmap' })
      pictures.push({ width, height, pixels: new Uint8ClampedArray(data) })
    }
    return pictures
  } finally {
    document.destroy()
  }
}

/** The bytes of the code that a telephone finds on a page. */
export function scanned({ width, height, pixels }: PagePicture): Uint8Array | undefined {
  const found = jsqr.default(pixels, width, height, { inversionAttempts: 'dontInvert' })
  return found ? Uint8Array.from(found.binaryData) : undefined
}

/** The part of a picture's area that is dark, within a rectangle in parts of the page. */
export function inkIn(
  { width, height, pixels }: PagePicture,
  [left, top, right, bottom]: readonly [number, number, number, number],
): number {
  let [dark, all] = [0, 0]
  for (let y = Math.round(top * height); y < bottom * height; y++)
    for (let x = Math.round(left * width); x < right * width; x++) {
      all++
      if ((pixels[(y * width + x) * 4] ?? 255) < 128) dark++
    }
  return dark / all
}
