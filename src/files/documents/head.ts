import { wrapped, write } from '../pdf/text.ts'
import { writeFacts } from '../receipts/paper.ts'
import { payerFacts } from '../receipts/payerFacts.ts'
import type { Sheet } from './sheet.ts'

/** Who issues it, what it is, its number and days, and whose account it is about. */
export function drawHead(sheet: Sheet, title: string): void {
  const { pages, document, facts, rules, say } = sheet
  const { page, fonts, left, width } = pages
  const { number, drawnOn, asOf, months, shows, language } = document
  const [faint, large, plain] = [
    { font: fonts.regular, size: 9, faint: true },
    { font: fonts.bold, size: 18 },
    { font: fonts.regular, size: 10 },
  ]
  const put = (words: string, letters: typeof faint | typeof plain) =>
    write(page, wrapped(words, letters, width), { x: left, top: pages.top }, letters)
  pages.top -= put(rules.documents.issuer, faint) + 4
  pages.top -= put(title, large) + 2
  const of = months && { from: months.from, to: months.to }
  pages.top -= put(say('documentPdf.numbered', { number, day: drawnOn }), plain)
  if (of) pages.top -= put(say(of.from === of.to ? 'documentPdf.oneMonth' : 'documentPdf.someMonths', of), plain)
  pages.top -= put(say('documentPdf.asOf', { day: asOf }), plain) + 8
  const whose = payerFacts({ payer: facts.payer, shows, say, language })
  pages.top -= writeFacts(sheet, whose, { x: left, top: pages.top, width }) + 10
}
