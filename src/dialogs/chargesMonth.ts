import { basisOf } from '../domain/charges/basis.ts'
import { type ChargeRow, type Charges, chargedFor } from '../domain/charges/charges.ts'
import { type Kopecks, priceOf } from '../domain/money.ts'
import { inPages } from '../domain/pages.ts'
import { type Text, text } from '../engine/text.ts'
import { balanceText, changeText, paidText, sumText } from './chargesWords.ts'

/** What was charged for a month, of all kinds together; the penalty (пени) is no service and is told beside it. */
export function monthTitle(months: readonly Charges[]): Text {
  const [first] = months
  const sum = (of: (month: Charges) => Kopecks) => months.reduce((all, month) => all + of(month), 0)
  const penalty = sum((month) => month.penalty)
  const facts = { period: first?.period ?? '', sum: sumText(sum(chargedFor)) }
  return penalty === 0
    ? text('charges.title', facts)
    : text('charges.titlePenalty', { ...facts, penalty: sumText(penalty) })
}

/** A month in pages of blocks: a service each, and after those of a kind what they come to. No block is ever parted. */
export const monthPages = (months: readonly Charges[]): Text[][] =>
  inPages(months.flatMap(blocksOf), ({ weight }) => weight, pageWeight).map((page) => page.map(({ block }) => block))

/** A weight is about the number of a block's characters: a page stays one message, which a press replaces. */
const pageWeight = 3400

interface Block {
  block: Text
  weight: number
}

const blocksOf = (month: Charges): Block[] => [
  ...month.rows.map((row) => ({
    block: rowText(row),
    weight: 170 + row.name.length + (row.recalculationReason?.length ?? 0),
  })),
  { block: kindTotal(month), weight: 300 },
  ...(month.mismatches.length > 0 ? [{ block: mismatchText(month), weight: 200 }] : []),
]

function rowText(row: ChargeRow): Text {
  const { accrued, multiplier, recalculation, recalculationReason: reason, benefit, total } = row
  const change = changeText(recalculation)
  return text('charges.row', {
    name: row.name,
    lines: [
      basedText(row),
      ...(multiplier === 0 ? [] : [text('charges.multiplier', { change: changeText(multiplier) })]),
      ...(recalculation === 0
        ? []
        : [reason ? text('charges.recalculationFor', { change, reason }) : text('charges.recalculation', { change })]),
      ...(benefit === 0 ? [] : [text('charges.benefit', { change: changeText(benefit) })]),
      ...(total === accrued ? [] : [text('charges.total', { sum: sumText(total) })]),
    ],
  })
}

function basedText(row: ChargeRow): Text {
  const what = accruedText(row)
  if (row.basis === undefined) return text('charges.accruedLine', { what })
  const known = basisOf(row.basis)
  const basis = known ? text(`charges.basis.${known}`) : text('charges.otherBasis', { basis: row.basis })
  return text('charges.basedLine', { what, basis })
}

/** Volume times tariff where they make what was accrued; where they do not, they are told beside it: nothing is said that is not so. */
function accruedText({ volume, unit, tariff, accrued }: ChargeRow): Text {
  if (volume === undefined) return text('charges.accrued', { accrued: sumText(accrued) })
  const amount = unit === undefined ? text('charges.amount', { volume }) : text('charges.measured', { volume, unit })
  if (tariff === undefined) return text('charges.accruedFor', { amount, accrued: sumText(accrued) })
  const isProduct = accrued >= 0 && priceOf(volume, tariff) === accrued
  return text(isProduct ? 'charges.product' : 'charges.accruedAt', { amount, tariff, accrued: sumText(accrued) })
}

function kindTotal(month: Charges): Text {
  const { kind, opening, paid, penalty, closing, dueDate: until } = month
  return text('charges.kindTotal', {
    kind: text(`charges.kind.${kind}`),
    lines: [
      text('charges.opening', { balance: balanceText(opening) }),
      paidText(paid),
      text('charges.chargedLine', { sum: sumText(chargedFor(month)) }),
      ...(penalty === 0 ? [] : [text('charges.penalty', { sum: sumText(penalty) })]),
      text('charges.closing', { balance: balanceText(closing) }),
      ...(closing > 0 && until !== undefined ? [text('charges.payUntil', { until })] : []),
    ],
  })
}

const mismatchText = ({ mismatches }: Charges): Text =>
  text('charges.mismatches', { lines: mismatches.map((each) => text(`charges.mismatch.${each}`)) })
