import {
  beginText,
  endText,
  moveText,
  type PDFFont,
  type PDFName,
  type PDFPage,
  rgb,
  setFillingColor,
  setFontAndSize,
  showText,
} from 'pdf-lib'
import { wrap } from '../wrap.ts'

/** What text is written in; `faint` is for what is read second. Sizes and distances are in points, 72 an inch. */
export interface Letters {
  font: PDFFont
  size: number
  faint?: boolean
}

/** `top` is the upper edge of the first line, counted from the page's foot as everything in a PDF. */
export interface Spot {
  x: number
  top: number
  /** To align within. */
  width?: number
  align?: 'left' | 'right' | 'centre'
}

export const ink = rgb(0.11, 0.14, 0.17)
export const faintInk = rgb(0.36, 0.39, 0.44)

/** From one line to the next. */
export const lineHeight = ({ size }: Pick<Letters, 'size'>): number => size * 1.25

export const widthOf = (text: string, { font, size }: Letters): number => font.widthOfTextAtSize(text, size)

/** A text in lines of such a width; see `wrap`. */
export const wrapped = (text: string, letters: Letters, width: number, most?: number): string[] =>
  wrap(text, (line) => widthOf(line, letters) <= width, most)

/** Writes lines one below the other; answers how much height they took. */
export function write(
  page: PDFPage,
  lines: readonly string[],
  { x, top, width = 0, align = 'left' }: Spot,
  letters: Letters,
): number {
  const { font, size, faint } = letters
  // The page's own `drawText` names the font anew at each call: that is half of a long document.
  page.pushOperators(beginText(), setFillingColor(faint ? faintInk : ink), setFontAndSize(nameOn(page, font), size))
  let [fromX, fromY] = [0, 0]
  for (const [nth, line] of lines.entries()) {
    const spare = align === 'left' ? 0 : (width - widthOf(line, letters)) / (align === 'centre' ? 2 : 1)
    const [toX, toY] = [hundredths(x + spare), hundredths(top - nth * lineHeight(letters) - size * 0.95)]
    page.pushOperators(moveText(hundredths(toX - fromX), hundredths(toY - fromY)), showText(font.encodeText(line)))
    fromX = toX
    fromY = toY
  }
  page.pushOperators(endText())
  return lines.length * lineHeight(letters)
}

/** What a font is called on a page. */
function nameOn(page: PDFPage, font: PDFFont): PDFName {
  const own = names.get(page) ?? new Map<PDFFont, PDFName>()
  names.set(page, own)
  const name = own.get(font) ?? page.node.newFontDictionary(font.name, font.ref)
  own.set(font, name)
  return name
}

const names = new WeakMap<PDFPage, Map<PDFFont, PDFName>>()

/** Finer than any eye and printer, and shorter. */
export const hundredths = (points: number): number => Math.round(points * 100) / 100
