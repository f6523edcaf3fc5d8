import { type Debt, debtOf } from '../../domain/documents/debt.ts'
import type { Payee } from '../../domain/receipt/receipt.ts'
import { drawTable } from '../pdf/table.ts'
import { bareSum } from '../receipts/paper.ts'
import { inWords, paragraph, type Sheet } from './sheet.ts'

/** What the certificate is called: of no debt, only where nothing is owed of any kind. */
export const debtTitle = ({ facts, document, say, rules }: Omit<Sheet, 'pages'>): string =>
  say(certified({ facts, document, rules }).owed > 0 ? 'documentPdf.title.debt' : 'documentPdf.title.noDebt')

/** One sentence that says it, then each kind with its payee, in figures and in words. */
export async function drawDebt(sheet: Sheet): Promise<void> {
  const { pages, facts, document, say } = sheet
  const { language } = document
  const { at, kinds, owed } = certified(sheet)
  const said =
    owed === 0
      ? say('documentPdf.noDebt', { day: at })
      : say(language === 'ru' ? 'documentPdf.owedInWords' : 'documentPdf.owed', {
          day: at,
          sum: owed,
          words: inWords(owed, document),
        })
  await paragraph(sheet, said, { font: pages.fonts.regular, size: 12 })
  pages.top -= 10
  await drawTable(pages, {
    columns: [
      { head: say('documentPdf.debt.kind'), share: 27 },
      { head: say('documentPdf.debt.payee'), share: 33 },
      { head: say('documentPdf.debt.state'), share: 37 },
      { head: say('documentPdf.debt.sum'), share: 16, align: 'right' },
    ],
    rows: kinds.map(({ kind, kopecks }) => {
      const state = kopecks === 0 ? 'none' : kopecks > 0 ? 'debt' : 'overpaid'
      return {
        cells: [
          say(`receipt.kind.${kind}`),
          payeeText(
            facts.payees.find((payee) => payee.kind === kind),
            say,
          ),
          [say(`documentPdf.state.${state}`), ...(kopecks === 0 ? [] : [inWords(kopecks, document)])]
            .filter(Boolean)
            .join('\n'),
          bareSum(Math.abs(kopecks), language),
        ],
      }
    }),
    size: 10,
  })
  pages.top -= 6
  await paragraph(sheet, say('documentPdf.debt.later', { day: at }), {
    font: pages.fonts.regular,
    size: 9,
    faint: true,
  })
  pages.top -= 10
}

/** A document that was allowed to be drawn of these facts is of the same debt still. */
function certified({ facts, document, rules }: Pick<Sheet, 'facts' | 'document' | 'rules'>): Debt & { ok: true } {
  const debt = debtOf(facts, document.drawnOn, rules.documents.freshDays)
  if (!debt.ok) throw new Error(`no debt can be certified: ${debt.why}`)
  return debt
}

function payeeText(payee: Payee | undefined, say: Sheet['say']): string {
  if (!payee) return ''
  const { Name, PayeeINN } = payee.requisites
  return PayeeINN === undefined ? Name : `${Name}\n${say('receipt.pdf.inn', { inn: PayeeINN })}`
}
