import type { PlaceRules } from '../engine/dialog.ts'
import { choice, finishKeeping, goTo, perform, type Step, screen, stay, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { type At, askedOf, type Place } from './orderPlaces.ts'
import { howText } from './ordersTexts.ts'
import { kindText, termText, titleText } from './orderTexts.ts'
import { officesOf, refused } from './orderWay.ts'
import { yesOrNo } from './yesOrNo.ts'

/** In which office it is fetched. */
export const officePlace: PlaceRules<At<'office'>, Place> = {
  ask: async (here) => {
    const offices = await officesOf(here)
    return screen(
      [titleText(here.place), text(offices.length > 0 ? 'order.whichOffice' : 'order.officeGone')],
      offices.map(({ id, name }) => choice(text('common.words', { words: name }), id)),
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, place } = here
    const office = (await officesOf(here)).find(({ id }) => said.kind === 'choice' && said.value === id)
    return office ? goTo({ at: 'confirm', ...askedOf(place), way: 'office', office: office.id }) : unclear
  },
  example: text('order.exampleOffice'),
}

/** All that is ordered, and by when it is ready. */
export const confirmPlace: PlaceRules<At<'confirm'>, Place> = {
  ask: async (here) => {
    const { place } = here
    return screen(
      [
        text('order.check'),
        text('common.lines', { lines: [titleText(place), ...(await whose(here)), await howText(place, here)] }),
        termText(place.kind, here),
      ],
      [choice('order.yes', 'yes'), choice('order.otherWay', 'no')],
    )
  },
  answer: (here): Step<Place> => {
    const { said, place, accountId } = here
    const sure = yesOrNo(said)
    if (sure === undefined) return unclear
    const asked = askedOf(place)
    if (!sure) return stay({ at: 'way', ...asked })
    const { way, office } = place
    return perform(
      { effect: 'orderDocument', input: { accountId, of: asked.kind, months: asked.months, way, office } },
      async (outcome): Promise<Step<Place>> => {
        if (outcome.kind !== 'ordered') return refused(outcome.kind, asked)
        const { number, dueOn, again } = outcome
        const facts = { number, title: kindText(asked.kind), day: dueOn, how: await howText(place, here) }
        return finishKeeping(text(again ? 'order.orderedBefore' : 'order.ordered', facts))
      },
    )
  },
  example: text('order.exampleConfirm'),
}
