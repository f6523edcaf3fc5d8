import type { DocumentKind } from '../domain/documents/kinds.ts'
import { answerDays } from '../domain/requests/requestRules.ts'
import { afterWorkingDays } from '../domain/requests/workingDays.ts'
import type { Office } from '../domain/visits/office.ts'
import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { Asked } from './orderPlaces.ts'

/** What a document is called. */
export const kindText = (kind: DocumentKind): Text => text(`order.kind.${kind}`)

/** The same with its months, in bold. */
export function titleText({ kind, months }: Asked): Text {
  const title = { title: kindText(kind) }
  if (!months) return text('order.title', title)
  return text(months.from === months.to ? 'order.titleOfMonth' : 'order.titleOfMonths', { ...title, ...months })
}

/** By when staff makes one that is ordered today. */
export function termText(
  kind: DocumentKind,
  { today, rules }: Pick<Here<unknown>, 'today' | 'rules'>,
  isDrawn = false,
): Text {
  const { days, calendar } = rules.requests
  const count = answerDays(days, 'order', kind)
  const day = afterWorkingDays(today, count, calendar)
  return isDrawn ? text('order.onPaperBy', { day }) : text('order.term', { count, day })
}

/** Where papers are fetched. */
export const officeText = ({ name, address }: Office): Text => text('order.office', { name, address })
