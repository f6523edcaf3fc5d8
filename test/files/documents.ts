import { type ChargeKind, type Charges, chargedFor } from '../../src/domain/charges/charges.ts'
import type { DrawnDocument } from '../../src/domain/documents/drawn.ts'
import type { DocumentFacts } from '../../src/domain/documents/judge.ts'
import { addPeriods } from '../../src/domain/period.ts'
import { documentPdf } from '../../src/files/documents/documentPdf.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { requisites } from '../domain/payment/vectors.ts'
import { march } from './receipts.ts'

/** A month of a kind that begins with a balance and is paid so much of; its rows are those of March. */
export function chargedMonth(kind: ChargeKind, period: Charges['period'], opening: number, paid: number): Charges {
  const [, ...others] = march.month.rows
  const rows = kind === 'MAIN' ? others : others.slice(-1).map((row) => ({ ...row, name: 'Взнос', total: 142_392 }))
  const penalty = kind === 'MAIN' ? 341 : 0
  const closing = opening - paid + chargedFor({ rows }) + penalty
  return { period, kind, rows, opening, paid, penalty, closing, dueDate: '2026-11-15', mismatches: [] }
}

/** So many months in a row, each of which begins as the one before ended. */
export function chargedMonths(kind: ChargeKind, count: number, opening: number, paid: number): Charges[] {
  const months: Charges[] = []
  for (let nth = 0; nth < count; nth++)
    months.push(chargedMonth(kind, addPeriods('2026-10', nth - count + 1), months.at(-1)?.closing ?? opening, paid))
  return months
}

/** An account at the end of October 2026, the 1st of November, that owes of both kinds. */
export const october: DocumentFacts = {
  payer: march.payer,
  payees: [
    { kind: 'MAIN', requisites },
    { kind: 'CAPREM', requisites: { ...requisites, Name: 'Фонд капитального ремонта (пример)' } },
  ],
  months: [chargedMonth('MAIN', '2026-10', 521_037, 500_000), chargedMonth('CAPREM', '2026-10', 0, 0)],
  payments: [],
}

/** The same with these balances at the end of October; the account's own is their sum. */
export function owing(main: number, capital?: number): DocumentFacts {
  const months = october.months.flatMap((month) => {
    const closing = month.kind === 'MAIN' ? main : capital
    return closing === undefined ? [] : [{ ...month, opening: month.opening + closing - month.closing, closing }]
  })
  return { ...october, months, balance: { kopecks: main + (capital ?? 0), at: '2026-11-01' } }
}

export const certificate: DrawnDocument = {
  ...{ number: 100_123, kind: 'debt', accountId: 1, shows: 'full', language: 'ru' },
  ...{ asOf: '2026-11-01', drawnOn: '2026-11-10', validUntil: '2026-11-20', digest: 'one', figures: [] },
}

const words = openWords('Asia/Yekaterinburg')

/** A document over these facts. */
export function drawDocument(facts: DocumentFacts, change: Partial<DrawnDocument> = {}): Promise<Uint8Array> {
  const document = { ...certificate, ...change }
  const documents = { issuer: 'Единый расчётный центр', kinds: [], ways: [], validDays: 10, freshDays: 31 }
  return documentPdf({
    ...{ document, facts, code: '7KQ2-M9XD' },
    rules: { consultantsHours: { from: 480, to: 1200 }, phone: '8 (343) 000-00-00', documents },
    say: (key, values) => words.plain(document.language, { key, ...(values && { values }) }),
  })
}
