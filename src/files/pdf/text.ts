import { type PDFFont, type PDFPage, rgb } from 'pdf-lib'

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

/**
 * A text in lines of such a width. Broken at spaces (never at no-break ones) and behind hyphens and slashes; a word that is wider than a
 * line is broken where the line is full. Of more lines than `most` the last ends in «…».
 */
export function wrapped(text: string, letters: Letters, width: number, most = Number.POSITIVE_INFINITY): string[] {
  const lines = text.split('\n').flatMap((line) => broken(line, letters, width))
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), cut(`${lines[most - 1]}…`, letters, width)]
}

/** Writes lines one below the other; answers how much height they took. */
export function write(
  page: PDFPage,
  lines: readonly string[],
  { x, top, width = 0, align = 'left' }: Spot,
  letters: Letters,
): number {
  const { font, size, faint } = letters
  for (const [nth, line] of lines.entries()) {
    const spare = align === 'left' ? 0 : (width - widthOf(line, letters)) / (align === 'centre' ? 2 : 1)
    const y = top - nth * lineHeight(letters) - size * 0.95
    page.drawText(line, { x: x + spare, y, font, size, color: faint ? faintInk : ink })
  }
  return lines.length * lineHeight(letters)
}

function broken(text: string, letters: Letters, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.match(/[^ \-/]*[ \-/]?/g) ?? []) {
    if (widthOf((line + word).trimEnd(), letters) <= width) {
      line += word
      continue
    }
    if (line !== '') lines.push(line.trimEnd())
    line = word
    while (widthOf(line.trimEnd(), letters) > width) {
      const head = fitting(line, letters, width)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  return [...lines, line.trimEnd()]
}

/** As many characters as there is room for, one at least. */
function fitting(text: string, letters: Letters, width: number): string {
  let head = ''
  for (const character of text) {
    if (head !== '' && widthOf(head + character, letters) > width) break
    head += character
  }
  return head
}

function cut(text: string, letters: Letters, width: number): string {
  return widthOf(text, letters) <= width ? text : `${fitting(text, letters, width - widthOf('…', letters)).trimEnd()}…`
}
