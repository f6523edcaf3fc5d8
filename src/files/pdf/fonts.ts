import { readFile } from 'node:fs/promises'
import fontkit from '@pdf-lib/fontkit'
import type { PDFDocument, PDFFont } from 'pdf-lib'
import { type Face, fontFile } from '../fontFiles.ts'

type Parsed = ReturnType<typeof fontkit.create>
type Glyph = ReturnType<Parsed['glyphForCodePoint']>

export type Fonts = Record<Face, PDFFont>

/**
 * The fonts of a document, of which it will hold only the letters that are written. Parsed once a process, embedded once a document.
 * Fails while a font file cannot be read: whoever draws says the words instead, and the next drawing looks for the file again.
 */
export async function embedFonts(pdf: PDFDocument, fileOf: (face: Face) => string = fontFile): Promise<Fonts> {
  const [regular, bold] = await Promise.all([parsed(fileOf('regular')), parsed(fileOf('bold'))])
  return { regular: await embed(pdf, regular), bold: await embed(pdf, bold) }
}

const known = new Map<string, Promise<Parsed>>()

function parsed(file: string): Promise<Parsed> {
  const font = known.get(file) ?? readFile(file).then((bytes) => simple(fontkit.create(bytes)))
  known.set(file, font)
  font.catch(() => known.delete(file))
  return font
}

/** `pdf-lib` parses whatever it embeds: it is given what is parsed already, and no bytes. */
function embed(pdf: PDFDocument, font: Parsed): Promise<PDFFont> {
  pdf.registerFontkit({ create: () => font })
  return pdf.embedFont(new Uint8Array(), { subset: true })
}

/**
 * The same font, a glyph a character: Russian and English need no shaping, which is nine tenths of the time a page takes. A text's
 * width is thus the sum of its characters'. A character the font lacks is a question mark, one that is not seen is left out, and a
 * no-break space is written as a common one, so that a sum copied out of the document is found again.
 */
function simple(font: Parsed): Parsed {
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
  })
}

/** Marks of direction and joining, modifiers of pictures, control characters. */
const unseen = /[\p{Cf}\p{Cc}\p{M}]/gu

function shown(font: Parsed, character: string): number {
  const wanted = (/\s/.test(character) ? ' ' : character).codePointAt(0) ?? 0
  return font.hasGlyphForCodePoint(wanted) ? wanted : 0x3f
}
