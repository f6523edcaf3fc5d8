import { showsPayer } from '../domain/channelPolicy.ts'
import type { ChargeKind, Charges } from '../domain/charges/charges.ts'
import type { Kopecks } from '../domain/money.ts'
import { type Due, dueNow } from '../domain/payment/due.ts'
import type { Receipt, ToPay } from '../domain/receipt/receipt.ts'
import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'

/** What kinds of charges are called: housing and utilities, capital repair. */
export const kindText = (kind: ChargeKind): Text => text(`charges.kind.${kind}`)

/** How much is to be paid of a kind and until when; an overpayment in words, never as a bare minus. */
export function dueLine(
  { kind, closing, dueDate: day }: Pick<Charges, 'kind' | 'closing' | 'dueDate'>,
  { today }: Pick<Here<unknown>, 'today'>,
): Text {
  const facts = { kind: kindText(kind), sum: Math.abs(closing) }
  if (closing < 0) return text('receipt.line.overpaid', facts)
  if (closing === 0) return text('receipt.line.nothing', facts)
  if (day === undefined) return text('receipt.line.due', facts)
  return text(day < today ? 'receipt.line.dueOver' : 'receipt.line.dueUntil', { ...facts, day })
}

/** What of several kinds is to be paid in all; nothing to say of one. An overpayment of one kind pays for no other. */
export function totalOf(sums: readonly Kopecks[]): Text[] {
  const due = sums.filter((sum) => sum > 0)
  return due.length > 1 ? [text('receipt.total', { sum: due.reduce((all, sum) => all + sum, 0) })] : []
}

/** What the billing has said since the receipts: payments have come, or other charges. */
export function sinceThen({ total, at }: Due): Text[] {
  if (at === undefined) return []
  if (total === 0) return [text('receipt.paidUp', { at })]
  const facts = { at, sum: Math.abs(total) }
  return [total < 0 ? text('receipt.overpaidNow', facts) : text('receipt.left', facts)]
}

/** A month's receipts in words: what is to be paid, what of it is old, and what has become of it since. */
export function receiptTexts(
  receipts: readonly Receipt[],
  isLatest: boolean,
  toPay: ToPay,
  here: Here<unknown>,
): Text[] {
  const months = receipts.flatMap(({ month }) => month ?? [])
  return [
    text('receipt.lines', { lines: receipts.map((receipt) => lineOf(receipt, here)) }),
    ...totalOf(months.map(({ closing }) => closing)),
    ...carriedOver(months),
    ...(months.some(({ mismatches }) => mismatches.length > 0) ? [text('receipt.mismatch')] : []),
    ...(isLatest ? sinceThen(dueNow(toPay.months, toPay.balance)) : [text('receipt.older')]),
  ]
}

function lineOf({ kind, month }: Receipt, here: Here<unknown>): Text {
  if (month) return dueLine(month, here)
  return text(showsPayer(here.policy) ? 'receipt.line.inFile' : 'receipt.line.notHere', { kind: kindText(kind) })
}

/** What of a sum was owed before this month, or is less because too much had been paid: told where all figures add up. */
function carriedOver(months: readonly Charges[]): Text[] {
  if (months.some(({ mismatches }) => mismatches.length > 0)) return []
  const before = months.flatMap(({ closing, opening, paid }) =>
    closing > 0 && opening - paid <= closing ? [opening - paid] : [],
  )
  const all = (sums: Kopecks[]) => Math.abs(sums.reduce((total, sum) => total + sum, 0))
  const [debt, credit] = [all(before.filter((sum) => sum > 0)), all(before.filter((sum) => sum < 0))]
  return [
    ...(debt > 0 ? [text('receipt.debt', { sum: debt })] : []),
    ...(credit > 0 ? [text('receipt.credit', { sum: credit })] : []),
  ]
}
