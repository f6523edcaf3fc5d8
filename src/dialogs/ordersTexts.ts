import { isOver } from '../domain/requests/states.ts'
import type { Here } from '../engine/dialog.ts'
import { type Drawn, opens, screen } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { RequestLine } from '../queries/requests.ts'
import { orderFile, type WhyNotHere, whyNotHere } from './orderFile.ts'
import type { Order } from './ordersPlaces.ts'
import { officeText } from './orderTexts.ts'

/** How an order stands, and by when it is promised. */
export function stateText({ state, dueOn }: Order, { today }: Pick<Here<unknown>, 'today'>): Text {
  const how = text(`orders.state.${state}`)
  if (isOver(state) || state === 'waiting' || dueOn === undefined) return how
  return text(dueOn < today ? 'orders.late' : 'orders.due', { state: how, day: dueOn })
}

/** What staff has made for an order. */
export const filesMade = ({ lines }: { lines: readonly RequestLine[] }) =>
  lines.flatMap(({ author, files }) => (author === 'consultant' ? files : []))

/** The files of an order as they are sent here, or why they are not. */
export async function handedOver(
  order: Order,
  files: RequestLine['files'],
  here: Here<unknown>,
): Promise<{ files: Drawn[]; why?: WhyNotHere }> {
  if (files.length === 0) return { files: [] }
  const why = await whyNotHere(order.document, order.accountId, here)
  return why ? { files: [], why } : { files: files.map((file) => orderFile(order.id, file)) }
}

/** How the document comes to him: here, from an office, by post. */
export async function howText({ way, office: id }: Pick<Order, 'way' | 'office'>, here: Here<unknown>): Promise<Text> {
  if (way !== 'office') return text(`order.how.${way}`)
  const office = id === undefined ? undefined : await here.queries.visits.office(id)
  return office ? officeText(office) : text('order.how.office')
}

/** What staff has said last: what is missing, or why it was refused. */
export function lastWords(lines: readonly RequestLine[]): Text[] {
  const last = lines.findLast(({ author, text: words }) => author === 'consultant' && words !== '')
  return last ? [text('orders.said', { words: last.text })] : []
}

/** He has deleted his data meanwhile, or it is another's. */
export const gone = screen(text('orders.gone'), [opens('orders.mine', 'orders', 'mine')])
