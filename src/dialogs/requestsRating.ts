import { choice, finish, goTo, type PlaceRules, perform, type Step, screen, stay, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import type { At, Place } from './requestsPlaces.ts'

const marks = [1, 2, 3, 4, 5]

/** How his request was seen to, from 1 to 5. */
export const ratePlace: PlaceRules<At<'rate'>, Place> = {
  takesNumbers: true,
  ask: () =>
    screen(
      text('requests.askRating'),
      marks.map((mark) => choice(text(`requests.mark.${mark}`), mark)),
      { nav: 'menu' },
    ),
  answer: ({ said, place: { request } }): Step<Place> => {
    const typed = said.kind === 'text' ? Number(said.text.trim()) : undefined
    const rating = marks.find((one) => one === (said.kind === 'choice' ? said.value : typed))
    if (rating === undefined) return unclear
    return perform({ effect: 'rateRequest', input: { request, said: { rating } } }, ({ kind }): Step<Place> => {
      if (kind === 'rated') return stay({ at: 'comment', request })
      return kind === 'gone' ? goTo({ at: 'list' }, text('requests.gone')) : goTo({ at: 'one', request })
    })
  },
  example: text('requests.exampleRating'),
}

/** A word about it, if he likes. */
export const commentPlace: PlaceRules<At<'comment'>, Place> = {
  labelsFirst: true,
  ask: () => screen(text('requests.askComment'), [choice('requests.noComment', 'none')], { nav: 'menu' }),
  answer: ({ said, place: { request } }): Step<Place> => {
    if (said.kind === 'choice') return finish(text('requests.thanks'))
    const words = said.kind === 'text' ? said.text.trim().slice(0, longestComment) : ''
    if (words === '') return unclear
    return perform(
      { effect: 'rateRequest', input: { request, said: { words } } },
      (): Step<Place> => finish(text('requests.thanks')),
    )
  },
}

const longestComment = 1000
