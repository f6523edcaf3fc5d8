import type { ChargeRow } from '../../domain/charges/charges.ts'
import { chargedFor } from '../../domain/charges/charges.ts'
import { formatTenThousandths, type Kopecks } from '../../domain/money.ts'
import { type Column, drawTable, type Row } from '../pdf/table.ts'
import { faintInk, lineHeight, wrapped, write } from '../pdf/text.ts'
import { bareSum, type Paper } from './paper.ts'

/** How the sum came about: what was owed, what was paid, what has been charged since. A strip of five figures. */
export async function drawSummary({ pages, receipt, say }: Paper): Promise<void> {
  const { month } = receipt
  const { opening, paid, penalty, closing } = month
  const figures: [label: string, kopecks: Kopecks][] = [
    [say(opening < 0 ? 'receipt.pdf.wasOverpaid' : 'receipt.pdf.wasOwed'), Math.abs(opening)],
    [say('receipt.pdf.paid'), paid],
    [say('receipt.pdf.charged'), chargedFor(month)],
    [say('receipt.pdf.penalty'), penalty],
    [
      say('receipt.pdf.equals', { what: say(closing < 0 ? 'receipt.pdf.overpaid' : 'receipt.pdf.due') }),
      Math.abs(closing),
    ],
  ]
  const { fonts, left, width } = pages
  const [small, large] = [
    { font: fonts.regular, size: 8, faint: true },
    { font: fonts.bold, size: 11 },
  ]
  const each = width / figures.length
  const labels = figures.map(([label]) => wrapped(label, small, each - 8))
  const height = Math.max(...labels.map(({ length }) => length)) * lineHeight(small)
  await pages.room(height + lineHeight(large) + 8)
  for (const [nth, [, kopecks]] of figures.entries()) {
    const x = left + nth * each + (nth > 0 ? 8 : 0)
    write(pages.page, labels[nth] ?? [], { x, top: pages.top }, small)
    write(pages.page, [say('receipt.pdf.sum', { sum: kopecks })], { x, top: pages.top - height }, large)
    if (nth > 0) rule(pages, left + nth * each, pages.top - 1, height + lineHeight(large))
  }
  pages.top -= height + lineHeight(large) + 8
}

function rule({ page }: Paper['pages'], x: number, top: number, height: number): void {
  page.drawLine({ start: { x, y: top }, end: { x, y: top - height }, thickness: 0.5, color: faintInk })
}

/** Every line that was charged, as the billing states it. Columns in which there is nothing in any line are left out. */
export async function drawCharges({ pages, receipt: { month }, say, language }: Paper): Promise<void> {
  const { rows } = month
  if (rows.length === 0) return
  const sums = (['multiplier', 'recalculation', 'benefit'] as const).filter((name) =>
    rows.some((row) => row[name] !== 0),
  )
  const right = 'right' as const
  const head = {
    multiplier: 'receipt.pdf.multiplier',
    recalculation: 'receipt.pdf.recalculation',
    benefit: 'receipt.pdf.benefit',
  }
  const columns: Column[] = [
    { head: say('receipt.pdf.service'), share: 34 },
    { head: say('receipt.pdf.volume'), share: 14, align: right },
    { head: say('receipt.pdf.tariff'), share: 12, align: right },
    { head: say('receipt.pdf.accrued'), share: 14, align: right },
    ...sums.map((name) => ({ head: say(head[name]), share: 15, align: right })),
    { head: say('receipt.pdf.total'), share: 13, align: right },
  ]
  const volume = (value: number) => formatTenThousandths(value, language)
  const cellsOf = (row: ChargeRow): string[] => [
    [
      row.name,
      ...(row.supplier === undefined ? [] : [row.supplier]),
      ...(row.recalculationReason === undefined
        ? []
        : [say('receipt.pdf.reason', { reason: row.recalculationReason })]),
    ].join('\n'),
    [row.volume === undefined ? '' : [volume(row.volume), row.unit].filter(Boolean).join('\u00a0'), row.basis ?? '']
      .filter(Boolean)
      .join('\n'),
    row.tariff === undefined ? '' : formatTenThousandths(row.tariff, language, 2),
    bareSum(row.accrued, language),
    ...sums.map((name) => (row[name] === 0 ? '' : bareSum(row[name], language))),
    bareSum(row.total, language),
  ]
  const total = (name: 'accrued' | (typeof sums)[number]) =>
    bareSum(
      rows.reduce((sum, row) => sum + row[name], 0),
      language,
    )
  const last: Row = {
    cells: [
      ...[say('receipt.pdf.all'), '', ''],
      ...(['accrued', ...sums] as const).map(total),
      bareSum(chargedFor(month), language),
    ],
    bold: true,
  }
  await drawTable(pages, { columns, rows: [...rows.map((row) => ({ cells: cellsOf(row) })), last], size: 8 })
  pages.top -= 7
}
