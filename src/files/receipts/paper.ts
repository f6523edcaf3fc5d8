import type { ChannelPolicy } from '../../domain/channelPolicy.ts'
import type { Charges } from '../../domain/charges/charges.ts'
import type { Language } from '../../domain/language.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import { formatKopecks, type Kopecks } from '../../domain/money.ts'
import type { Receipt } from '../../domain/receipt/receipt.ts'
import type { Rules } from '../../domain/rules.ts'
import type { Values } from '../../engine/text.ts'
import type { Pages } from '../pdf/pages.ts'
import { lineHeight, wrapped, write } from '../pdf/text.ts'

/** A receipt that is being drawn: what is in it, for whom, and the pages it is drawn on. */
export interface Paper {
  pages: Pages
  receipt: Receipt & { month: Charges }
  /** What the messenger that carries it may show. */
  policy: ChannelPolicy
  /** The bytes of its payment code, where there is something to pay. */
  code?: Uint8Array
  /** The day it is drawn on. */
  on: LocalDate
  language: Language
  rules: Pick<Rules, 'consultantsHours' | 'phone'>
  say(key: string, values?: Values): string
}

/** A sum for a column whose head says what it is of. */
export const bareSum = (kopecks: Kopecks, language: Language): string =>
  formatKopecks(kopecks, language).replace(/\s₽$/, '')

/** A label and what it is the label of; what is not known is left out. */
export type Fact = readonly [label: string, value: string | undefined]

const labelWidth = 92
const size = 9

/** Facts one below the other, labels to the left; answers the height they take. With no `page` it only measures. */
export function writeFacts(
  { pages: { page, fonts } }: Pick<Paper, 'pages'>,
  facts: readonly Fact[],
  { x, top, width }: { x: number; top: number; width: number },
  how: 'write' | 'measure' = 'write',
): number {
  const [label, value] = [
    { font: fonts.regular, size, faint: true },
    { font: fonts.regular, size },
  ]
  let height = 0
  for (const [name, said] of facts) {
    if (said === undefined || said === '') continue
    const names = wrapped(name, label, labelWidth - 6)
    const lines = wrapped(said, value, width - labelWidth)
    if (how === 'write') {
      write(page, names, { x, top: top - height }, label)
      write(page, lines, { x: x + labelWidth, top: top - height }, value)
    }
    height += Math.max(names.length, lines.length) * lineHeight(value) + 1.5
  }
  return height
}
