import type { PlaceRules } from '../engine/dialog.ts'
import {
  again,
  choice,
  goTo,
  open,
  opens,
  perform,
  type Screen,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { ResidentsRequest } from '../queries/requests.ts'
import { adding } from './requestsAdding.ts'
import { notThere, requestHere } from './requestsHere.ts'
import type { At, Place } from './requestsPlaces.ts'

/** Hands the draft to staff. A second time, from here or another chat, the same number is told. */
export const sending = (place: At<'gathered'>['place']): Step<Place> =>
  perform({ effect: 'sendRequest', input: { draft: place.draft } }, (sent, fresh): Step<Place> => {
    if (sent.kind === 'sent') return open('requests', { opening: { request: sent.id, to: 'sent' } })
    // Another one may have been begun in another chat since.
    if (sent.kind === 'gone') return open('requests', { opening: 'new', notice: text('requests.noDraft') })
    if (sent.kind === 'empty') return stay(place, text('requests.empty'))
    const isAsked = (fresh.resident?.accounts.length ?? 0) > 0
    if (isAsked) return goTo({ at: 'account', topic: 'other', draft: place.draft }, text('requests.accountGone'))
    const call = { effect: 'keepDraft', input: { of: 'question', accountId: null } } as const
    return perform(call, (): Step<Place> => stay(place, text('requests.accountGone')))
  })

/** Its number, and by when it is answered: to be found again, so it is never edited away. */
export const sentPlace: PlaceRules<At<'sent'>, Place> = {
  asksNothing: true,
  takesEdits: true,
  ask: async (here) => {
    const request = await requestHere(here)
    return request ? accepted(request) : notThere
  },
  answer: (here): Step<Place> => {
    const { said, came, place } = here
    const add = { at: 'add', request: place.request, messages: 0, files: 0 } as const
    if (said.kind === 'choice' && said.value === 'add') return goTo(add)
    if (said.kind === 'text' && sends.test(said.text)) return stay(place)
    if (came.kind === 'edited') return again(text('requests.editTooLate'))
    // The last pieces of an album may come when it is sent already.
    return said.kind === 'files' ? adding(here, add, came) : unclear
  },
}

/** Said once more, it is answered with the same number. */
const sends = /^\s*(отправ(ить|ь|ляй)|send)[\s.!]*$/i

const accepted = ({ number, dueOn }: ResidentsRequest): Screen =>
  screen(
    [
      dueOn ? text('requests.accepted', { number, date: dueOn }) : text('requests.acceptedAnyDay', { number }),
      text('requests.whereAnswered'),
    ],
    [choice('requests.addMore', 'add'), opens('affairs.show', 'affairs')],
    { nav: 'menu', keep: true },
  )
