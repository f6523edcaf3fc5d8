import { type Flow, type Ledger, ledgersOf } from '../../domain/documents/ledger.ts'
import { drawTable, type Row } from '../pdf/table.ts'
import { bareSum } from '../receipts/paper.ts'
import { balanceText, inWords, paragraph, type Sheet, section } from './sheet.ts'

/**
 * A reconciliation: what the centre has, kind by kind, beside empty columns for what the payer has; what comes out, in figures and in words; and the
 * line on which he may say that he agrees.
 */
export async function drawReconciliation(sheet: Sheet): Promise<void> {
  const { pages, facts, say } = sheet
  const [plain, faint] = [
    { font: pages.fonts.regular, size: 10 },
    { font: pages.fonts.regular, size: 9, faint: true },
  ]
  await paragraph(sheet, say('documentPdf.reconciliation.about'), plain)
  pages.top -= 8
  for (const ledger of ledgersOf(facts.months)) {
    await section(sheet, say(`receipt.kind.${ledger.kind}`))
    await drawTable(pages, {
      columns: [
        { head: say('documentPdf.reconciliation.what'), share: 40 },
        { head: say('documentPdf.reconciliation.ours'), share: 24, align: 'right' },
        { head: say('documentPdf.reconciliation.yours'), share: 24, align: 'right' },
      ],
      rows: rowsOf(ledger, sheet),
      size: 9,
    })
    pages.top -= 4
    await paragraph(sheet, concluded(ledger, sheet), plain)
    pages.top -= 10
  }
  pages.top -= 12
  await pages.room(40)
  await paragraph(sheet, say('documentPdf.reconciliation.agreed'), plain)
  pages.top -= 2
  await paragraph(sheet, say('documentPdf.reconciliation.why'), faint)
  pages.top -= 10
}

function rowsOf(ledger: Ledger, { document: { language }, say }: Sheet): Row[] {
  const named = (name: 'charged' | 'penalty' | 'paid', of: Flow): Row => ({
    cells: [say(`documentPdf.reconciliation.${name}`), bareSum(of[name], language), ''],
  })
  const balance = (name: 'opening' | 'closing'): Row => ({
    cells: [say(`documentPdf.reconciliation.${name}`), balanceText(ledger[name], say), ''],
    bold: true,
  })
  return [
    balance('opening'),
    ...ledger.months.flatMap((month): Row[] => [
      { heading: say('documentPdf.flow.of', { period: month.period }) },
      named('charged', month),
      ...(month.penalty === 0 ? [] : [named('penalty', month)]),
      named('paid', month),
    ]),
    { heading: say('documentPdf.reconciliation.all') },
    named('charged', ledger),
    named('penalty', ledger),
    named('paid', ledger),
    balance('closing'),
  ]
}

function concluded({ kind, closing }: Ledger, { document, say }: Sheet): string {
  const facts = { kind: say(`receipt.kind.${kind}`), balance: balanceText(closing, say) }
  const words = closing === 0 ? '' : inWords(closing, document)
  return words === ''
    ? say('documentPdf.reconciliation.concluded', facts)
    : say('documentPdf.reconciliation.concludedInWords', { ...facts, words })
}
