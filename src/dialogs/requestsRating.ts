import type { PlaceRules } from '../engine/dialog.ts'
import { choice, finish, goTo, perform, type Step, screen, stay, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { dontRate, markIn, marks } from './marks.ts'
import type { At, Place } from './requestsPlaces.ts'

/** How his request was seen to, from 1 to 5. */
export const ratePlace: PlaceRules<At<'rate'>, Place> = {
  takesNumbers: true,
  asksNothing: true,
  ask: () =>
    screen(
      text('requests.askRating'),
      [...marks.map((mark) => choice(text(`requests.mark.${mark}`), mark)), choice(dontRate, 'none')],
      { nav: 'menu' },
    ),
  answer: ({ said, place: { request } }): Step<Place> => {
    const rating = markIn(said)
    if (said.kind === 'choice' && said.value === 'none') return declined(request)
    if (rating === undefined) return unclear
    return marked(request, rating)
  },
  example: text('requests.exampleRating'),
}

/** His mark; a word about it is asked for. */
export const marked = (request: string, rating: number): Step<Place> =>
  perform({ effect: 'rateRequest', input: { request, said: { rating } } }, ({ kind }): Step<Place> => {
    if (kind === 'rated') return stay({ at: 'comment', request })
    return kind === 'gone' ? goTo({ at: 'list' }, text('requests.gone')) : goTo({ at: 'one', request })
  })

/** He would rather not: he is not asked of this request again. */
export const declined = (request: string): Step<Place> =>
  perform(
    { effect: 'rateRequest', input: { request, said: 'declined' } },
    (): Step<Place> => finish(text('requests.notRated')),
  )

/** A word about it, if he likes. */
export const commentPlace: PlaceRules<At<'comment'>, Place> = {
  labelsFirst: true,
  asksNothing: true,
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
