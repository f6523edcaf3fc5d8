import type { DrawnDocument } from '../../domain/documents/drawn.ts'
import type { DocumentFacts } from '../../domain/documents/judge.ts'
import type { Kopecks } from '../../domain/money.ts'
import { sumInWords } from '../../domain/payment/sumInWords.ts'
import type { Rules } from '../../domain/rules.ts'
import type { Values } from '../../engine/text.ts'
import type { Pages } from '../pdf/pages.ts'
import { type Letters, lineHeight, wrapped, write } from '../pdf/text.ts'

/** A document that is being drawn: what it is, what of, and the pages it is drawn on. `code` is what staff tells by that it is ours. */
export interface Sheet {
  pages: Pages
  document: DrawnDocument
  facts: DocumentFacts
  code: string
  rules: Pick<Rules, 'consultantsHours' | 'phone' | 'documents'>
  say(key: string, values?: Values): string
}

/** A paragraph over the whole width; a long one goes on on the next page. */
export async function paragraph({ pages }: Pick<Sheet, 'pages'>, words: string, letters: Letters): Promise<void> {
  for (const line of wrapped(words, letters, pages.width)) {
    await pages.room(lineHeight(letters))
    pages.top -= write(pages.page, [line], { x: pages.left, top: pages.top }, letters)
  }
}

/** A title over what follows, which so much of stays with it. */
export async function section({ pages }: Pick<Sheet, 'pages'>, title: string, begun = 80): Promise<void> {
  await pages.room(begun)
  pages.top -= write(pages.page, [title], { x: pages.left, top: pages.top }, { font: pages.fonts.bold, size: 11 }) + 2
}

/** A sum's words as they stand within a sentence; only Russian has them. */
export function inWords(kopecks: Kopecks, { language }: Pick<DrawnDocument, 'language'>): string {
  const words = language === 'ru' ? sumInWords(Math.abs(kopecks)) : ''
  return `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`
}

/** A balance in words, never as a bare minus (domain rules, §1). */
export function balanceText(kopecks: Kopecks, say: Sheet['say']): string {
  if (kopecks === 0) return say('documentPdf.balance.none')
  return kopecks > 0
    ? say('documentPdf.balance.debt', { sum: kopecks })
    : say('documentPdf.balance.overpaid', { sum: -kopecks })
}
