import { isOver } from '../domain/requests/states.ts'
import type { PlaceRules } from '../engine/dialog.ts'
import { again, type Choice, choice, goTo, opens, type Step, screen, stay, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { linkedOne } from './accountNames.ts'
import { whereElse } from './orderFile.ts'
import { answering } from './ordersChanging.ts'
import { type At, type Order, orderHere, type Place } from './ordersPlaces.ts'
import { filesMade, gone, handedOver, howText, lastWords, stateText } from './ordersTexts.ts'
import { titleText } from './orderTexts.ts'

/** An order: what it is, how it stands, what staff has said of it last, and what can be done. Its files come with it when they are asked for. */
export const onePlace: PlaceRules<At<'one'>, Place> = {
  asksNothing: true,
  takesCancel: true,
  ask: async (here) => {
    const order = await orderHere(here)
    if (!order) return gone
    const { number, document, months } = order
    const made = filesMade(order)
    const { files, why } = await handedOver(order, made, here)
    const account = order.accountId === undefined ? undefined : await linkedOne(here, order.accountId)
    return screen(
      [
        text('common.lines', {
          lines: [
            titleText({ kind: document, ...(months && { months }) }),
            text('orders.number', { number }),
            ...(account && (here.resident?.accounts.length ?? 0) > 1
              ? [text('accounts.line', { address: account.line })]
              : []),
            text('orders.now', { state: stateText(order, here) }),
            await howText(order, here),
          ],
        }),
        ...lastWords(order.lines),
        ...(why ? [text(`orders.notHere.${why}`)] : []),
      ],
      [
        ...choicesOf(order, files.length),
        ...(why === 'needsCode' ? [opens('linking.byCode', 'linking', 'code')] : []),
        ...(why === 'policy' ? whereElse(here) : []),
        opens('orders.mine', 'orders', 'mine'),
      ],
      here.place.files && files.length > 0 ? { files, keep: true } : {},
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, place } = here
    const { request } = place
    const wished =
      said.kind === 'choice'
        ? said.value
        : said.kind === 'text' && /отмен|cancel/i.test(said.text)
          ? 'cancel'
          : undefined
    if (wished === 'files') return stay({ at: 'one', request, files: true })
    // A file that is sent where it was asked for is part of the answer, further pieces of an album too.
    if (said.kind === 'files') return answering(here, here.came)
    if (wished === 'answer') return goTo({ at: 'answer', request })
    if (wished !== 'cancel') return unclear
    const order = await orderHere(here)
    return order && !isOver(order.state) ? goTo({ at: 'cancel', request }) : again(text('orders.cannotCancel'))
  },
  example: text('orders.exampleOne'),
}

function choicesOf({ state, document, months, accountId }: Order, files: number): Choice[] {
  const anew: Choice = {
    label: text('orders.anew'),
    means: {
      open: 'order',
      opening: { kind: document, ...(months && { months }) },
      ...(accountId !== undefined && { accountId }),
    },
  }
  return [
    ...(files > 0 ? [choice('orders.send', 'files')] : []),
    ...(state === 'waiting' ? [choice('orders.answer', 'answer')] : []),
    ...(isOver(state) ? [anew] : [choice('orders.cancel', 'cancel')]),
  ]
}
