import type { Flow, Ledger } from '../../domain/documents/ledger.ts'
import { ledgersOf } from '../../domain/documents/ledger.ts'
import { type Column, drawTable, type Row } from '../pdf/table.ts'
import { bareSum } from '../receipts/paper.ts'
import { balanceText, paragraph, type Sheet, section } from './sheet.ts'

const flow = ['opening', 'charged', 'penalty', 'paid', 'closing'] as const

/** A statement: what the account owes today, each kind month by month from the opening balance to the closing one, and the payments. */
export async function drawStatement(sheet: Sheet): Promise<void> {
  const { pages, facts, say } = sheet
  const { balance } = facts
  if (balance?.at !== undefined) {
    const words = say('documentPdf.statement.now', { day: balance.at, balance: balanceText(balance.kopecks, say) })
    await paragraph(sheet, words, { font: pages.fonts.regular, size: 11 })
    pages.top -= 8
  }
  for (const ledger of ledgersOf(facts.months)) {
    await section(sheet, say(`receipt.kind.${ledger.kind}`))
    await drawTable(pages, { columns: columnsOf(say), rows: rowsOf(ledger, sheet), size: 9 })
    pages.top -= 10
  }
  await drawPayments(sheet)
}

const columnsOf = (say: Sheet['say']): Column[] => [
  { head: say('documentPdf.flow.month'), share: 24 },
  ...flow.map((name): Column => ({ head: say(`documentPdf.flow.${name}`), share: 19, align: 'right' })),
]

function rowsOf(ledger: Ledger, { document: { language }, say }: Sheet): Row[] {
  const sums = (of: Flow) =>
    flow.map((name) =>
      name === 'opening' || name === 'closing' ? balanceText(of[name], say) : bareSum(of[name], language),
    )
  return [
    ...ledger.months.flatMap((month): Row[] => [
      { cells: [say('documentPdf.flow.of', { period: month.period }), ...sums(month)] },
      ...(month.isOdd ? [{ note: say('documentPdf.flow.odd') }] : []),
    ]),
    { cells: [say('documentPdf.flow.all'), ...sums(ledger)], bold: true },
  ]
}

/** By the payer's day, the earliest first. */
async function drawPayments(sheet: Sheet): Promise<void> {
  const { pages, facts, document, say } = sheet
  const { language } = document
  const payments = facts.payments.toReversed()
  await section(sheet, say('documentPdf.payments.title'))
  await drawTable(pages, {
    columns: [
      { head: say('documentPdf.payments.paidAt'), share: 30 },
      { head: say('documentPdf.payments.postedAt'), share: 30 },
      { head: say('documentPdf.payments.channel'), share: 30 },
      { head: say('documentPdf.payments.sum'), share: 20, align: 'right' },
    ],
    rows:
      payments.length === 0
        ? [{ note: say('documentPdf.payments.none') }]
        : [
            ...payments.map(({ paidAt, postedAt, channel, kopecks }) => ({
              cells: [
                say('documentPdf.day', { day: paidAt }),
                postedAt === undefined ? '' : say('documentPdf.day', { day: postedAt }),
                kopecks < 0
                  ? say('documentPdf.payments.reversal')
                  : channel
                    ? say(`chargesExport.payments.by.${channel}`)
                    : '',
                bareSum(kopecks, language),
              ],
            })),
            {
              cells: [
                say('documentPdf.flow.all'),
                '',
                '',
                bareSum(
                  payments.reduce((all, one) => all + one.kopecks, 0),
                  language,
                ),
              ],
              bold: true,
            },
          ],
    size: 9,
  })
  pages.top -= 8
}
