import {
  type Choice,
  choice,
  finish,
  type PlaceRules,
  perform,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import type { At, Place } from './consultantPlaces.ts'
import { goOn, relayed } from './consultantRelay.ts'
import { sentBy } from './consultantSent.ts'

const marks = [1, 2, 3, 4, 5]

/** A talk is over: how it was, and what can be done further. Words that are no mark open it again. */
export const ratingPlace: PlaceRules<At<'rating'>, Place> = {
  takesNumbers: true,
  ask: ({ parked }) =>
    screen(
      text('consultant.rating'),
      [...marks.map((mark) => choice(text(`consultant.mark.${mark}`), mark)), more, ...goOnWith(parked)],
      { nav: 'menu' },
    ),
  answer: async (here): Promise<Step<Place>> => {
    const { said, came, place } = here
    const typed = said.kind === 'text' ? Number(said.text.trim()) : undefined
    const mark = marks.find((one) => one === (said.kind === 'choice' ? said.value : typed))
    const { handOff } = place
    if (mark !== undefined)
      return perform(
        { effect: 'rateTalk', input: { handOff, said: { rating: mark } } },
        ({ kind }): Step<Place> => (kind === 'rated' ? stay({ at: 'comment', handOff }) : stay({ at: 'waiting' })),
      )
    if (said.kind === 'choice') return goOn
    const sent = sentBy(came)
    return sent ? relayed(sent, place) : unclear
  },
}

/** A word about it, if he likes. */
export const commentPlace: PlaceRules<At<'comment'>, Place> = {
  labelsFirst: true,
  ask: ({ parked }) => screen(text('consultant.comment'), [more, ...goOnWith(parked)], { nav: 'menu' }),
  answer: (here): Step<Place> => {
    const { said, place } = here
    if (said.kind === 'choice') return goOn
    if (said.kind !== 'text') return unclear
    const words = said.text.trim().slice(0, longestComment)
    if (words === '') return unclear
    const { handOff } = place
    return perform({ effect: 'rateTalk', input: { handOff, said: { words } } }, () => finish(text('consultant.thanks')))
  },
}

const longestComment = 1000

const more = choice('consultant.more', 'more')

/** What was left half done for the talk. */
const goOnWith = (parked: string | undefined): Choice[] =>
  parked === undefined ? [] : [{ label: text('consultant.goOn'), means: { go: 'resume' } }]
