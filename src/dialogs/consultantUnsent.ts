import type { PlaceRules } from '../engine/dialog.ts'
import { choice, finish, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { At, Place } from './consultantPlaces.ts'
import { ask } from './consultantSubject.ts'
import { yesOrNo } from './yesOrNo.ts'

/** Words meant for a person in a talk that has long been over: they are not handed on without asking, and not lost. */
export const unsentPlace: PlaceRules<At<'unsent'>, Place> = {
  ask: () => screen(text('consultant.unsent'), [choice('consultant.send', 'yes'), choice('consultant.dontSend', 'no')]),
  answer: (here) => {
    const sure = yesOrNo(here.said)
    if (sure === undefined) return unclear
    return sure ? ask(here, 'other', here.place.sent) : finish(text('consultant.notSent'))
  },
}
