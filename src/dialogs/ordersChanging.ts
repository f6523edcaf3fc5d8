import type { PlaceRules } from '../engine/dialog.ts'
import type { Input } from '../engine/event.ts'
import { again, choice, goTo, perform, type Step, screen, stay, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { type At, orderHere, type Place } from './ordersPlaces.ts'
import { gone, lastWords } from './ordersTexts.ts'
import { kindText } from './orderTexts.ts'
import { writtenIn } from './requestsMessage.ts'
import { leftText, limitsText } from './requestsTexts.ts'
import { firmYesOrNo } from './yesOrNo.ts'

/** What staff has asked for. */
export const answerPlace: PlaceRules<At<'answer'>, Place> = {
  labelsFirst: true,
  ask: async (here) => {
    const order = await orderHere(here)
    return order ? screen([...lastWords(order.lines), text('orders.askAnswer'), limitsText(here.rules)]) : gone
  },
  answer: (here): Step<Place> =>
    here.said.kind === 'choice' || here.said.kind === 'due' ? unclear : answering(here, here.came),
  example: text('orders.exampleAnswer'),
}

/** What came is handed to staff as his answer. */
export function answering(here: At<'one'> | At<'answer'>, came: Input): Step<Place> {
  const { request } = here.place
  const written = writtenIn(came)
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
      [text('orders.sureToCancel', { number, title: kindText(document) })],
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
