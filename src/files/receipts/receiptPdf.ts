import { maskAccount } from '../../domain/accountNumber.ts'
import { openPages } from '../pdf/pages.ts'
import { drawCharges, drawSummary } from './figures.ts'
import { drawMeters, drawPayee } from './foot.ts'
import { drawHead } from './head.ts'
import type { Paper } from './paper.ts'

/**
 * A month's receipt as a document (A4): the sum and the payment code above, then how the sum came about, every charge, the meters, whom it
 * is paid to. The blocks stand in the order in which readers look for them (domain rules, §5). No activation code is ever in it.
 */
export async function receiptPdf(content: Omit<Paper, 'pages'>): Promise<Uint8Array> {
  const { receipt, language, say } = content
  const { period, payer } = receipt
  const title = say('receipt.pdf.title', { period })
  const paper: Paper = { ...content, pages: await openPages({ title, language }) }
  drawHead(paper)
  await drawSummary(paper)
  await drawCharges(paper)
  await drawMeters(paper)
  await drawPayee(paper)
  const end = maskAccount(payer.account)
  return paper.pages.finished((page, of) => say('receipt.pdf.foot', { title, end, page, of }))
}
