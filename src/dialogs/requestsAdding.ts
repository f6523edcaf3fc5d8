import { isOver } from '../domain/requests/states.ts'
import type { Written } from '../effects/requests/written.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import type { Input } from '../engine/event.ts'
import {
  again,
  choice,
  goTo,
  open,
  opens,
  perform,
  reshow,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { notThere, requestHere } from './requestsHere.ts'
import { writtenIn } from './requestsMessage.ts'
import type { At, Place } from './requestsPlaces.ts'
import { amountText, leftText, limitsText, mayReopenHere } from './requestsTexts.ts'

/** Further messages: each is with staff at once, and told how many there are. */
export const addPlace: PlaceRules<At<'add'>, Place> = {
  labelsFirst: true,
  takesNumbers: true,
  ask: async (here) => {
    const { messages, files, photos = 0 } = here.place
    const request = await requestHere(here)
    if (!request) return notThere
    const { number } = request
    if (messages + files === 0) return screen([text('requests.askMore', { number }), limitsText(here.rules)])
    const amount = amountText(
      messages,
      Array.from({ length: files }, (_, nth) => ({ kind: nth < photos ? 'photo' : 'document' })),
    )
    return screen(text('requests.added', { number, amount }), [choice('requests.done', 'done')], { nav: 'menu' })
  },
  answer: (here): Step<Place> => {
    const { said, came, place } = here
    if (said.kind === 'choice') return open('requests', { opening: { request: place.request } })
    return said.kind === 'due' ? unclear : adding(here, place, came)
  },
  example: text('requests.exampleWrite'),
}

/** What came is added to the request; `place`: what has been added so far. */
export function adding(here: Here<unknown>, place: At<'add'>['place'], came: Input): Step<Place> {
  const { plain } = here
  const { request } = place
  const written = writtenIn(came)
  if (!written || written.edits) return again(text(written ? 'requests.editTooLate' : 'requests.cannotKeep'))
  return perform({ effect: 'addToRequest', input: { request, written } }, (added): Step<Place> => {
    if (added.kind === 'gone') return goTo({ at: 'list' }, text('requests.gone'))
    if (added.kind === 'over')
      return added.mayReopen
        ? reopening(here, request, came)
        : goTo({ at: 'one', request }, text('requests.tooLateToReopen'))
    const left = added.left.length > 0 ? leftText(added.left, here) : undefined
    if (added.kind === 'full') return again(left ?? text('requests.cannotKeep'))
    const next = counted(place, written, added.left.length)
    const isFirst = place.messages + place.files === 0
    return isFirst || left || plain ? stay(next, left) : reshow(next)
  })
}

const counted = (
  place: At<'add'>['place'],
  { text: words = '', files = [] }: Written,
  left: number,
): At<'add'>['place'] => ({
  ...place,
  messages: place.messages + (words.trim() === '' ? 0 : 1),
  files: place.files + files.length - left,
  photos: (place.photos ?? 0) + files.filter(({ kind }) => kind === 'photo').length,
})

/** What is still missing, after it was answered or closed. */
export const reopenPlace: PlaceRules<At<'reopen'>, Place> = {
  labelsFirst: true,
  ask: async (here) => {
    const request = await requestHere(here)
    if (!request) return notThere
    if (isOver(request.state) && !mayReopenHere(request, here))
      return screen(text('requests.tooLateToReopen'), [opens('requests.new', 'requests', 'new')])
    return screen([text('requests.askReopen', { number: request.number }), limitsText(here.rules)])
  },
  answer: (here): Step<Place> => {
    const { said, came, place } = here
    if (said.kind === 'due' || said.kind === 'choice') return unclear
    return reopening(here, place.request, came)
  },
  example: text('requests.exampleWrite'),
}

function reopening(here: Here<unknown>, request: string, came: Input): Step<Place> {
  const written = writtenIn(came)
  if (!written || written.edits) return again(text('requests.cannotKeep'))
  return perform({ effect: 'reopenRequest', input: { request, written } }, (done): Step<Place> => {
    if (done.kind === 'reopened') {
      const said = text('requests.reopened', { number: done.number, date: done.dueOn })
      const lines = [said, ...(done.left.length > 0 ? [leftText(done.left, here)] : [])]
      return stay(counted(nothingYet(request), written, done.left.length), text('common.lines', { lines }))
    }
    if (done.kind === 'empty')
      return again(done.left.length > 0 ? leftText(done.left, here) : text('requests.cannotKeep'))
    if (done.kind === 'tooLate') return goTo({ at: 'one', request }, text('requests.tooLateToReopen'))
    // Another chat of his has opened it again meanwhile: what he says here is added.
    if (done.kind === 'open') return adding(here, nothingYet(request), came)
    return goTo({ at: 'list' }, text('requests.gone'))
  })
}

const nothingYet = (request: string): At<'add'>['place'] => ({ at: 'add', request, messages: 0, files: 0 })
