import { readFile } from 'node:fs/promises'
import type fontkit from '@pdf-lib/fontkit'

export type ParsedFont = ReturnType<typeof fontkit.create>
type Glyph = ReturnType<ParsedFont['glyphForCodePoint']>

const known = new Map<string, Promise<ParsedFont>>()

/** A font file, parsed once a process. Fails while it cannot be read; whoever asks later has it looked for again. */
export function parsedFont(file: string): Promise<ParsedFont> {
  const font = known.get(file) ?? parse(file)
  known.set(file, font)
  font.catch(() => known.delete(file))
  return font
}

async function parse(file: string): Promise<ParsedFont> {
  // The library takes a tenth of a second to load, which no start has to wait for.
  const [{ default: library }, bytes] = await Promise.all([import('@pdf-lib/fontkit'), readFile(file)])
  return simple(library.create(bytes))
}

/** How wide a text is in a font, in the unit of its size. */
export function widthIn(font: ParsedFont, text: string, size: number): number {
  const units = font.layout(text).glyphs.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0)
  return (units * size) / font.unitsPerEm
}

/**
 * The same font, a glyph a character: Russian and English need no shaping, which is nine tenths of the time a page takes. A text's
 * width is thus the sum of its characters'. A character the font lacks is a question mark, one that is not seen is left out, and a
 * no-break space is written as a common one, so that a sum copied out of a document is found again.
 */
function simple(font: ParsedFont): ParsedFont {
  // A glyph met first as a part of another («и» in «й») would not know its character ever after, nor would a reader of the document.
  for (const codePoint of font.characterSet) font.glyphForCodePoint(codePoint)
  const glyphs = new Map<string, Glyph>()
  const glyphOf = (character: string): Glyph => {
    const glyph = glyphs.get(character) ?? font.glyphForCodePoint(shown(font, character))
    glyphs.set(character, glyph)
    return glyph
  }
  return Object.create(font, {
    layout: { value: (text: string) => ({ glyphs: [...text.normalize('NFC').replace(unseen, '')].map(glyphOf) }) },
    createSubset: { value: () => withLongIndex(font.createSubset()) },
  })
}

/**
 * Of a small subset the library writes a short index of glyphs, which can tell even places only, and lays the glyphs at odd ones, too: those are
 * not drawn then. Told beforehand that the index is a long one (version 1 of the table `loca`), it writes a long one.
 */
function withLongIndex<Subset extends object>(subset: Subset): Subset {
  const loca = { version: 1, offsets: [] }
  return Object.defineProperty(subset, 'loca', { get: () => loca, set: () => {} })
}

/** Marks of direction and joining, modifiers of pictures, control characters. */
const unseen = /[\p{Cf}\p{Cc}\p{M}]/gu

function shown(font: ParsedFont, character: string): number {
  const wanted = (/\s/.test(character) ? ' ' : character).codePointAt(0) ?? 0
  return font.hasGlyphForCodePoint(wanted) ? wanted : 0x3f
}
