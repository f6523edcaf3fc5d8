import { maskAccount } from '../../domain/accountNumber.ts'
import type { Charges } from '../../domain/charges/charges.ts'
import { tables } from '../charges/pdfTables.ts'
import { drawTable } from '../pdf/table.ts'
import { type Sheet, section } from './sheet.ts'

/** Charges line by line with their balances, and the payments, as the file of charges has them. */
export async function drawDetails(sheet: Sheet): Promise<void> {
  const { pages, facts, document, say } = sheet
  const months: readonly Charges[] = facts.months
  const { months: of, language } = document
  const [from, to] = [of?.from ?? months[0]?.period, of?.to ?? months.at(-1)?.period]
  if (!from || !to) throw new Error('there are no months to tell of')
  const number = maskAccount(facts.payer.account)
  for (const table of tables({ from, to, number, months, payments: facts.payments }, say, language)) {
    if (table.title !== undefined) await section(sheet, table.title)
    await drawTable(pages, table)
    pages.top -= 12
  }
}
