import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import { formatAddress } from '../../src/domain/address/format.ts'
import { formatKopecks, formatTenThousandths } from '../../src/domain/money.ts'
import { sumInWords } from '../../src/domain/payment/sumInWords.ts'
import type { Receipt } from '../../src/domain/receipt/receipt.ts'
import { fontFile } from '../../src/files/fontFiles.ts'
import { qrModules } from '../../src/files/qr.ts'

/** The same receipt as it is usually made with pdfkit: its blocks, its table and its code, the fonts opened by each document. */
export function pdfkitReceipt(receipt: Receipt, code: Uint8Array): Promise<Uint8Array> {
  const { month, payer, payee, meters } = receipt
  if (!month || !payee) throw new Error('a receipt with charges and a payee is expected')
  const pdf = new PDFDocument({ size: 'A4', margin: 36, lang: 'ru' })
  const bytes = buffer(pdf)
  pdf.registerFont('regular', fontFile('regular')).registerFont('bold', fontFile('bold'))
  pdf.font('bold').fontSize(18).text('Квитанция за март 2026')
  pdf.font('regular').fontSize(9).text(`К оплате до ${month.dueDate}`)
  pdf.font('bold').fontSize(26).text(formatKopecks(month.closing))
  pdf.font('regular').fontSize(9).text(sumInWords(month.closing))
  for (const line of [payer.account, payer.name ?? '', formatAddress(payer.address)]) pdf.text(line)
  drawCode(pdf, code)
  pdf.moveDown()
  for (const sum of [month.opening, month.paid, month.penalty, month.closing]) pdf.text(formatKopecks(sum))
  pdf.fontSize(8).table({
    columnStyles: [180, '*', '*', '*', '*'],
    data: [
      ['Услуга', 'Объём', 'Тариф', 'Начислено', 'Итого'],
      ...month.rows.map(({ name, supplier, volume, unit, tariff, accrued, total }) => [
        [name, supplier].filter(Boolean).join('\n'),
        volume === undefined ? '' : `${formatTenThousandths(volume)} ${unit}`,
        tariff === undefined ? '' : formatTenThousandths(tariff, 'ru', 2),
        formatKopecks(accrued),
        formatKopecks(total),
      ]),
    ],
  })
  for (const { serial, previous, current } of meters) pdf.text(`${serial}: ${previous} ${current}`)
  pdf.fontSize(9)
  for (const line of Object.values(payee.requisites)) pdf.text(line)
  pdf.text('Сформировано ботом 3 апреля 2026')
  pdf.end()
  return bytes
}

function drawCode(pdf: PDFKit.PDFDocument, code: Uint8Array): void {
  const { size, isDark } = qrModules(code)
  const module = 150 / size
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      if (isDark(row, column)) pdf.rect(409 + column * module, 36 + row * module, module, module)
  pdf.fill('black')
}
