import type { DrawnDocument } from '../domain/documents/drawn.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import { type Choice, choice, goTo, opens, type Step, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { type At, asOrder, type Order, type Place } from './ordersPlaces.ts'
import { stateText } from './ordersTexts.ts'
import { kindText } from './orderTexts.ts'

/** What the centre makes: each is a way of its own, about an account. */
export const kindsPlace: PlaceRules<At<'kinds'>, Place> = {
  asksNothing: true,
  ask: async (here) => {
    const { kinds } = here.rules.documents
    const [orders, documents] = await askedFor(here)
    return screen(
      [text('orders.title'), text('orders.which')],
      [
        ...kinds.map((kind): Choice => ({ label: kindText(kind), means: { open: 'order', opening: { kind } } })),
        ...(orders.length + documents.length > 0 ? [choice('orders.mine', 'mine')] : []),
      ],
    )
  },
  answer: ({ said }): Step<Place> => (said.kind === 'choice' && said.value === 'mine' ? goTo({ at: 'mine' }) : unclear),
  example: text('orders.exampleKinds'),
}

/** Orders and how they stand, the open ones first; and drawn documents that still hold. */
export const minePlace: PlaceRules<At<'mine'>, Place> = {
  asksNothing: true,
  ask: async (here) => {
    const [orders, documents] = await askedFor(here)
    const another = opens('order.another', 'orders')
    if (orders.length + documents.length === 0)
      return screen([text('orders.mineTitle'), text('orders.none')], [another])
    const titled = ({ document, number }: Order) => ({ number, title: kindText(document) })
    return screen(
      [
        text('orders.mineTitle'),
        text('common.lines', {
          lines: [
            ...orders.map((one) => text('orders.line', { ...titled(one), state: stateText(one, here) })),
            ...documents.map(({ number, kind, validUntil }) =>
              text('orders.drawnLine', { number, title: kindText(kind), until: validUntil }),
            ),
          ],
        }),
      ],
      [
        ...orders.map((one) => choice(text('orders.label', titled(one)), one.id)),
        ...documents.map(
          ({ number, kind, accountId }): Choice => ({
            label: text('orders.label', { number, title: kindText(kind) }),
            means: { open: 'order', opening: { number }, accountId },
          }),
        ),
        another,
      ],
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said } = here
    const [orders] = await askedFor(here)
    const one = orders.find(({ id }) => said.kind === 'choice' && said.value === id)
    return one ? goTo({ at: 'one', request: one.id }) : unclear
  },
  example: text('orders.exampleMine'),
}

const mostOrders = 6

/** The latest orders; documents of accounts that are his still. */
async function askedFor({ resident, queries, today }: Here<unknown>): Promise<[Order[], DrawnDocument[]]> {
  if (!resident) return [[], []]
  const [requests, documents] = [
    await queries.requests.all(resident.id),
    await queries.documents.valid(resident.id, today),
  ]
  const own = new Set(resident.accounts.map(({ id }) => id))
  return [
    requests.flatMap((request) => asOrder(request) ?? []).slice(0, mostOrders),
    documents.filter(({ accountId }) => own.has(accountId)),
  ]
}
