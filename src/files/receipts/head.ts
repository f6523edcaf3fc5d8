import { rgb } from 'pdf-lib'
import { showsPayer } from '../../domain/channelPolicy.ts'
import { sumInWords } from '../../domain/payment/sumInWords.ts'
import { type Letters, lineHeight, wrapped, write } from '../pdf/text.ts'
import { type Paper, writeFacts } from './paper.ts'
import { payerFacts } from './payerFacts.ts'
import { drawQr } from './qrShape.ts'

const qrSide = 150
const gap = 14
const tint = rgb(0.91, 0.95, 0.99)

/** What readers look for first: how much and until when, whose it is, and the code to pay by in the upper right corner. */
export function drawHead(paper: Paper): void {
  const { pages, receipt, code, say, policy } = paper
  const { page, left, width, fonts } = pages
  const { period, kind, payee } = receipt
  const space = code ? width - qrSide - gap : width
  let { top } = pages
  const line = (text: string, letters: Letters, below = 0) => {
    top -= write(page, wrapped(text, letters, space), { x: left, top }, letters) + below
  }
  if (payee) line(payee.requisites.Name, { font: fonts.regular, size: 9, faint: true }, 2)
  line(say('receipt.pdf.title', { period }), { font: fonts.bold, size: 18 })
  line(say(`receipt.kind.${kind}`), { font: fonts.regular, size: 11 }, 8)
  top -= drawDue(paper, top, space) + 10
  const facts = payerFacts({ ...paper, payer: receipt.payer, shows: showsPayer(policy) ? 'full' : 'masked' })
  top -= writeFacts(paper, facts, { x: left, top, width: space })
  if (code) {
    const x = left + width - qrSide
    drawQr(page, code, { x, top: pages.top + 6, side: qrSide })
    const letters = { font: fonts.regular, size: 8, faint: true }
    const caption = wrapped(say('receipt.pdf.scan'), letters, qrSide - 12)
    const below = pages.top + 4 - qrSide
    const height = write(page, caption, { x: x + 6, top: below, width: qrSide - 12, align: 'centre' }, letters)
    top = Math.min(top, below - height)
  }
  pages.top = top - 8
}

/** The sum on a tinted ground, with the last day and in words; answers the height taken. */
function drawDue({ pages, receipt: { month, isLatest }, say, language }: Paper, top: number, width: number): number {
  const { page, left, fonts } = pages
  const { closing, dueDate } = month
  const [small, large] = [
    { font: fonts.regular, size: 9, faint: true },
    { font: fonts.bold, size: 26 },
  ]
  const padding = 9
  const label = closing < 0 ? 'receipt.pdf.overpaid' : 'receipt.pdf.due'
  const until = closing > 0 && dueDate !== undefined ? say('receipt.pdf.until', { day: dueDate }) : ''
  const inWords = closing > 0 && language === 'ru' ? sumInWords(closing) : ''
  const older = isLatest ? [] : [say('receipt.pdf.older')]
  const below = closing > 0 ? [inWords, ...older].filter(Boolean).join('. ') : say('receipt.pdf.nothingDue')
  const lines = below === '' ? [] : wrapped(below, small, width - 2 * padding)
  const height = 2 * padding + lineHeight(small) * (1 + lines.length) + lineHeight(large)
  page.drawRectangle({ x: left, y: top - height, width, height, color: tint })
  const spot = (y: number) => ({ x: left + padding, top: y })
  let y = top - padding
  y -= write(page, [[say(label), until].filter(Boolean).join(' ')], spot(y), small)
  y -= write(page, [say('receipt.pdf.sum', { sum: Math.abs(closing) })], spot(y), large)
  write(page, lines, spot(y), small)
  return height
}
