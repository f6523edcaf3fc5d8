import { isOver } from '../domain/requests/states.ts'
import {
  again,
  type Choice,
  choice,
  goTo,
  opens,
  type PlaceRules,
  perform,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { RequestLine } from '../queries/requests.ts'
import { linkedOne } from './accountNames.ts'
import { whereElse } from './orderFile.ts'
import { type At, type Order, orderHere, type Place } from './ordersPlaces.ts'
import { filesMade, handedOver, howText, stateText } from './ordersTexts.ts'
import { titleText } from './orderTexts.ts'
import { writtenIn } from './requestsMessage.ts'
import { leftText, limitsText } from './requestsTexts.ts'
import { firmYesOrNo } from './yesOrNo.ts'

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
    if (said.kind === 'files') return answering(here)
    if (wished === 'answer') return goTo({ at: 'answer', request })
    if (wished !== 'cancel') return unclear
    const order = await orderHere(here)
    return order && !isOver(order.state) ? goTo({ at: 'cancel', request }) : again(text('orders.cannotCancel'))
  },
  example: text('orders.exampleOne'),
}

const gone = screen(text('orders.gone'), [opens('orders.mine', 'orders', 'mine')])

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

/** What staff has said last: what is missing, or why it was refused. */
function lastWords(lines: readonly RequestLine[]): Text[] {
  const last = lines.findLast(({ author, text: words }) => author === 'consultant' && words !== '')
  return last ? [text('orders.said', { words: last.text })] : []
}

/** What staff has asked for. */
export const answerPlace: PlaceRules<At<'answer'>, Place> = {
  labelsFirst: true,
  ask: async (here) => {
    const order = await orderHere(here)
    return order ? screen([...lastWords(order.lines), text('orders.askAnswer'), limitsText(here.rules)]) : gone
  },
  answer: (here): Step<Place> => (here.said.kind === 'choice' || here.said.kind === 'due' ? unclear : answering(here)),
  example: text('orders.exampleAnswer'),
}

function answering(
  here: (At<'one'> | At<'answer'>) & Pick<Parameters<typeof onePlace.answer>[0], 'came'>,
): Step<Place> {
  const { request } = here.place
  const written = writtenIn(here.came)
  if (!written || written.edits) return again(text('orders.cannotKeep'))
  return perform({ effect: 'addToRequest', input: { request, written } }, (added): Step<Place> => {
    if (added.kind === 'gone') return goTo({ at: 'mine' }, text('orders.gone'))
    if (added.kind === 'over') return goTo({ at: 'one', request }, text('orders.isOver'))
    const left = added.left.length > 0 ? leftText(added.left, here) : undefined
    if (added.kind === 'full') return again(left ?? text('orders.cannotKeep'))
    return stay({ at: 'one', request }, left ?? text('orders.answered'))
  })
}

/** Nothing is cancelled by one press. */
export const cancelPlace: PlaceRules<At<'cancel'>, Place> = {
  ask: async (here) => {
    const order = await orderHere(here)
    if (!order) return gone
    const { number, document } = order
    return screen(
      [text('orders.sureToCancel', { number, title: text(`order.kind.${document}`) })],
      [choice('orders.cancelYes', 'yes'), choice('orders.cancelNo', 'no')],
    )
  },
  answer: ({ said, place }): Step<Place> => {
    const { request } = place
    const sure = firmYesOrNo(said)
    if (sure === undefined) return unclear
    if (!sure) return stay({ at: 'one', request }, text('orders.kept'))
    return perform({ effect: 'cancelOrder', input: { order: request } }, (outcome): Step<Place> => {
      if (outcome.kind === 'cancelled')
        return stay({ at: 'one', request }, text('orders.cancelled', { number: outcome.number }))
      if (outcome.kind === 'over') return stay({ at: 'one', request }, text('orders.cannotCancel'))
      return goTo({ at: 'mine' }, text('orders.gone'))
    })
  },
  example: text('orders.exampleCancel'),
}
