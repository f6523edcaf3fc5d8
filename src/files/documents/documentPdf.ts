import { maskAccount } from '../../domain/accountNumber.ts'
import type { DrawnKind } from '../../domain/documents/kinds.ts'
import { openPages } from '../pdf/pages.ts'
import { debtTitle, drawDebt } from './debt.ts'
import { drawDetails } from './details.ts'
import { drawHead } from './head.ts'
import { drawStatement } from './ledgers.ts'
import { drawMarks } from './marks.ts'
import { drawReconciliation } from './reconciliation.ts'
import type { Sheet } from './sheet.ts'

/**
 * A document as a file (A4): who issues it, its number and days, whose account it is about, what it tells, and below what it must say of itself. Of the
 * same facts the same bytes come.
 */
export async function documentPdf(content: Omit<Sheet, 'pages'>): Promise<Uint8Array> {
  const { document, facts, say } = content
  const { kind, number, drawnOn, language } = document
  const title = kind === 'debt' ? debtTitle(content) : say(`documentPdf.title.${kind}`)
  const sheet: Sheet = { ...content, pages: await openPages({ title, language, landscape: kind === 'details' }) }
  drawHead(sheet, title)
  await bodies[kind](sheet)
  await drawMarks(sheet)
  const end = maskAccount(facts.payer.account)
  return sheet.pages.finished((page, of) => say('documentPdf.foot', { number, day: drawnOn, end, page, of }))
}

const bodies: Record<DrawnKind, (sheet: Sheet) => Promise<void>> = {
  ...{ debt: drawDebt, statement: drawStatement, reconciliation: drawReconciliation, details: drawDetails },
}
