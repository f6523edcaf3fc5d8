import type { Dialog } from '../engine/dialog.ts'
import { type Choice, opens, screen } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { type WhyNotHere, whereElse } from './orderFile.ts'
import { asOrder, type Place } from './ordersPlaces.ts'
import { handedOver, howText } from './ordersTexts.ts'
import { kindText } from './orderTexts.ts'
import { fileLost, isOfFile } from './requestFileLost.ts'

type News = NonNullable<Dialog<Place>['news']>

/**
 * `<line>`: what staff has brought an order to, or said of it. What they have made comes with it, if it may still be sent here; else it is told why not, and how
 * it is come by. `file:<file>`: a file that he has sent for one could not be kept.
 */
export const ordersNews: News = (here) => (isOfFile(here.about) ? fileLost(here, lost) : told(here))

const lost = {
  of: 'orders.news.fileLost',
  again: (request: string) => opens('orders.answer', 'orders', { request, to: 'answer' }),
}

const told: News = async (here) => {
  const { about, resident, queries } = here
  const request =
    resident && /^\d{1,18}$/.test(about) ? await queries.requests.one(resident.id, { line: about }) : undefined
  const order = request && asOrder(request)
  const line = request?.lines.find(({ id }) => id === about)
  if (!order || !line || line.author === 'resident') return undefined
  const { state, text: words } = line
  // That it lies in the queue again is nobody's news.
  if (words === '' && line.files.length === 0 && (state === undefined || state === 'new')) return undefined
  const how = state === undefined || state === 'new' ? 'said' : state
  const { files, why } = await handedOver(order, line.files, here)
  const facts = { number: order.number, title: kindText(order.document) }
  const isToBeFetched = how === 'done' && order.way !== 'chat'
  return screen(
    [
      text(`orders.news.${how}`, facts),
      ...(words === '' ? [] : [text('orders.said', { words })]),
      ...(isToBeFetched ? [await howText(order, here)] : []),
      ...(why ? [text(`orders.notHere.${why}`)] : []),
    ],
    [
      ...(how === 'waiting' ? [opens('orders.answer', 'orders', { request: order.id, to: 'answer' })] : []),
      ...doors(why, here),
      opens('orders.show', 'orders', { request: order.id }),
    ],
    { nav: 'menu', files, keep: files.length > 0 || words !== '', hears: how === 'waiting' },
  )
}

function doors(why: WhyNotHere | undefined, here: Parameters<News>[0]): Choice[] {
  if (why === 'needsCode') return [opens('linking.byCode', 'linking', 'code')]
  if (why === 'policy') return whereElse(here)
  return why === 'unlinked' ? [opens('orders.link', 'linking')] : []
}
