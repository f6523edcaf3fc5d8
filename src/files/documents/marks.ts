import { rgb } from 'pdf-lib'
import { clockTime } from '../../domain/hours.ts'
import { lineHeight, wrapped, write } from '../pdf/text.ts'
import type { Sheet } from './sheet.ts'

const tint = rgb(0.93, 0.95, 0.97)
const padding = 9
const codeWidth = 150

/**
 * What an automatic document must say of itself: that nobody signed or sealed it, of the billing's word of which day it was drawn, until when it
 * holds, and by what number and code it is checked. On one page, never apart.
 */
export async function drawMarks({ pages, document, code, rules, say }: Sheet): Promise<void> {
  const { number, asOf, validUntil: until, shows } = document
  const { fonts, width } = pages
  const { consultantsHours, phone } = rules
  const hours = { from: clockTime(consultantsHours.from), to: clockTime(consultantsHours.to) }
  const [bold, small, large] = [
    { font: fonts.bold, size: 9 },
    { font: fonts.regular, size: 8.5 },
    { font: fonts.bold, size: 14 },
  ]
  const label = { font: fonts.regular, size: 8, faint: true }
  const wordsWidth = width - codeWidth - 3 * padding
  const head = wrapped(say('documentPdf.automatic', { day: asOf }), bold, wordsWidth)
  const said = [
    say('documentPdf.until', { day: until }),
    say('documentPdf.sealed'),
    phone === undefined ? say('documentPdf.check', hours) : say('documentPdf.checkByPhone', { ...hours, phone }),
    ...(shows === 'full' ? [] : [say(`documentPdf.shows.${shows}`)]),
  ].flatMap((words) => wrapped(words, small, wordsWidth))
  const words = head.length * lineHeight(bold) + said.length * lineHeight(small) + 3
  const numbers = 2 * (lineHeight(label) + lineHeight(large)) + 4
  const height = Math.max(words, numbers) + 2 * padding
  await pages.room(height + 6)
  const { page, left } = pages
  const top = pages.top - 6
  page.drawRectangle({ x: left, y: top - height, width, height, color: tint })
  const x = left + padding
  const below = write(page, head, { x, top: top - padding }, bold) + 3
  write(page, said, { x, top: top - padding - below }, small)
  let y = top - padding
  const side = left + width - codeWidth
  for (const [name, value] of [
    [say('documentPdf.number'), String(number)],
    [say('documentPdf.code'), code],
  ] as const) {
    y -= write(page, [name], { x: side, top: y }, label)
    y -= write(page, [value], { x: side, top: y }, large) + 4
  }
  pages.top = top - height
}
