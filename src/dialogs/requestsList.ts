import { choice, goTo, type Here, open, type PlaceRules, type Step, screen, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import type { ResidentsRequest } from '../queries/requests.ts'
import { draftHere } from './requestsHere.ts'
import type { At, Place } from './requestsPlaces.ts'
import { stateText, subjectText } from './requestsTexts.ts'

const mostLines = 6

/** What he has written to us before, the latest first, and what he is at. */
export const listPlace: PlaceRules<At<'list'>, Place> = {
  asksNothing: true,
  ask: async (here) => {
    const sent = await sentBefore(here)
    const draft = await draftHere(here)
    const lines = sent.slice(0, mostLines).map((one) => requestLine(one, here))
    return screen(
      [
        text('requests.title'),
        sent.length > 0 ? text('requests.sentBefore', { lines }) : text('requests.none'),
        ...(sent.length > mostLines ? [text('requests.olderToo', { count: sent.length - mostLines })] : []),
      ],
      [
        draft ? choice('requests.goOnWriting', 'draft') : choice('requests.new', 'new'),
        ...sent.map(({ id, number, subject }) =>
          choice(text('requests.label', { number, topic: subjectText(subject) }), id),
        ),
      ],
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said } = here
    const numbered = said.kind === 'text' ? /^\D{0,14}(\d{1,9})\D?$/.exec(said.text.trim())?.[1] : undefined
    const one = (await sentBefore(here)).find(({ id, number }) =>
      said.kind === 'choice' ? id === said.value : String(number) === numbered,
    )
    if (one) return goTo({ at: 'one', request: one.id })
    if (said.kind === 'choice' && said.value === 'new') return goTo({ at: 'topic' })
    if (said.kind === 'choice' && said.value === 'draft') return open('requests', { opening: 'new' })
    return unclear
  },
  example: text('requests.exampleList'),
}

/** «№ 1042, начисления: в работе, ответим до 24 ноября». */
export const requestLine = (request: ResidentsRequest, here: Here<unknown>) =>
  text('requests.line', {
    number: request.number,
    topic: subjectText(request.subject),
    state: stateText(request, here),
  })

export const sentBefore = async ({ resident, queries }: Here<unknown>): Promise<ResidentsRequest[]> =>
  resident ? (await queries.requests.all(resident.id)).filter(({ kind }) => kind === 'question') : []
