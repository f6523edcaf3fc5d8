import type { PDFDocument, PDFFont } from 'pdf-lib'
import { type Face, fontFile } from '../fontFiles.ts'
import { type ParsedFont, parsedFont } from '../parsedFont.ts'

export type Fonts = Record<Face, PDFFont>

/**
 * The fonts of a document, of which it will hold only the letters that are written. Parsed once a process, embedded once a document.
 * Fails while a font file cannot be read: whoever draws says the words instead, and the next drawing looks for the file again.
 */
export async function embedFonts(pdf: PDFDocument, fileOf: (face: Face) => string = fontFile): Promise<Fonts> {
  const [regular, bold] = await Promise.all([parsedFont(fileOf('regular')), parsedFont(fileOf('bold'))])
  return { regular: await embed(pdf, regular), bold: await embed(pdf, bold) }
}

/** `pdf-lib` parses whatever it embeds: it is given what is parsed already, and no bytes. */
function embed(pdf: PDFDocument, font: ParsedFont): Promise<PDFFont> {
  pdf.registerFontkit({ create: () => font })
  return pdf.embedFont(new Uint8Array(), { subset: true })
}
