import { setImmediate } from 'node:timers/promises'
import { PageSizes, PDFDocument, type PDFPage } from 'pdf-lib'
import type { Language } from '../../domain/language.ts'
import { embedFonts, type Fonts } from './fonts.ts'
import { lineHeight, write } from './text.ts'

/** A document of A4 pages that is filled from the top down. Lengths are in points, 72 an inch; heights are counted from a page's foot. */
export interface Pages {
  pdf: PDFDocument
  fonts: Fonts
  /** The page that is being filled, and where its free part begins. Whoever draws there lowers `top`. */
  page: PDFPage
  top: number
  /** What may be drawn on, between the margins. */
  left: number
  width: number
  /** Sees to it that so much height is free: answers whether a page had to be begun for it. */
  room(height: number): Promise<boolean>
  /** The document's bytes. `foot` is what stands below each page. */
  finished(foot: (page: number, pages: number) => string): Promise<Uint8Array>
}

const margin = 36
const footSize = 8

/** Nothing in the document tells when or where it was made: of the same facts the same bytes come. */
export async function openPages({
  title,
  language,
  landscape = false,
}: {
  title: string
  language: Language
  landscape?: boolean
}): Promise<Pages> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  pdf.setTitle(title, { showInWindowTitleBar: true })
  pdf.setLanguage(language)
  const fonts = await embedFonts(pdf)
  const [short, long] = PageSizes.A4
  const size: [number, number] = landscape ? [long, short] : [short, long]
  const begun = () => ({ page: pdf.addPage(size), top: size[1] - margin })
  const lowest = margin + lineHeight({ size: footSize })

  const pages: Pages = {
    ...{ pdf, fonts, left: margin, width: size[0] - 2 * margin },
    ...begun(),
    async room(height) {
      if (pages.top - height >= lowest) return false
      Object.assign(pages, begun())
      // Others have their turn between two pages of a long document.
      await setImmediate()
      return true
    },
    async finished(foot) {
      const all = pdf.getPages()
      for (const [nth, page] of all.entries()) {
        const spot = { x: pages.left, top: margin, width: pages.width, align: 'right' as const }
        write(page, [foot(nth + 1, all.length)], spot, { font: fonts.regular, size: footSize, faint: true })
      }
      return pdf.save()
    },
  }
  return pages
}
