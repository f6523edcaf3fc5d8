import { getDocumentProxy } from 'unpdf'

/** A piece of text as a reader of the document gets it; `y` from the page's foot, in points. */
export interface Piece {
  text: string
  x: number
  y: number
  width: number
}

export interface ReadPage {
  size: number[]
  pieces: Piece[]
  /** All of it, piece by piece. */
  text: string
}

/** A PDF as its reader sees it, page by page. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPage[]> {
  const document = await getDocumentProxy(new Uint8Array(bytes))
  const pages = Array.from({ length: document.numPages }, (_, nth) => document.getPage(nth + 1))
  return Promise.all(
    pages.map(async (opened) => {
      const page = await opened
      const { items } = await page.getTextContent()
      const pieces = items.flatMap((item) =>
        'str' in item && item.str.trim() !== ''
          ? [{ text: item.str, x: item.transform[4], y: item.transform[5], width: item.width }]
          : [],
      )
      return { size: page.view.slice(2).map(Math.round), pieces, text: pieces.map(({ text }) => text).join('\n') }
    }),
  )
}
