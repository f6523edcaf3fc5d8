import type { Language } from '../../domain/language.ts'
import { openPages, type Pages } from '../pdf/pages.ts'
import { drawTable } from '../pdf/table.ts'
import { lineHeight, write } from '../pdf/text.ts'
import type { ChargesFacts, Say } from './facts.ts'
import { tables } from './pdfTables.ts'

/**
 * Charges and payments as a document: what they come to by kind, each month line by line with its balances in words, the payments. The account
 * is told by the end of its number; there is neither a name nor an address.
 */
export async function chargesPdf(facts: ChargesFacts, say: Say, language: Language): Promise<Uint8Array> {
  const title = say('chargesExport.title')
  const pages = await openPages({ title, language, landscape: true })
  const { from, to, number } = facts
  head(pages, title, [
    say('chargesExport.account', { number }),
    say(from === to ? 'chargesExport.oneMonth' : 'chargesExport.someMonths', { from, to }),
  ])
  for (const table of tables(facts, say, language)) {
    if (table.title !== undefined) await titled(pages, table.title)
    await drawTable(pages, table)
    pages.top -= betweenTables
  }
  return pages.finished((page, of) => say('chargesExport.page', { page, of }))
}

const betweenTables = 14

function head(pages: Pages, title: string, lines: readonly string[]): void {
  const { page, fonts, left } = pages
  pages.top -= write(page, [title], { x: left, top: pages.top }, { font: fonts.bold, size: 18 })
  pages.top -= write(page, lines, { x: left, top: pages.top }, { font: fonts.regular, size: 11 })
  pages.top -= lineHeight({ size: 8 })
}

/** A title is not left alone at a page's end. */
async function titled(pages: Pages, title: string): Promise<void> {
  await pages.room(tableBegun)
  pages.top -= write(pages.page, [title], { x: pages.left, top: pages.top }, { font: pages.fonts.bold, size: 11 })
}

/** So high are a title, a table's head and its first row. */
const tableBegun = 80
