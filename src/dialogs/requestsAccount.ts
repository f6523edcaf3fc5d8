import { calledSo } from '../domain/accountName.ts'
import type { Written } from '../effects/requests/written.ts'
import { choice, goTo, type PlaceRules, perform, reshow, type Step, screen, stay, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import { labelOf, linkedHere } from './accountNames.ts'
import { writtenIn } from './requestsMessage.ts'
import type { At, Place } from './requestsPlaces.ts'
import { leftText } from './requestsTexts.ts'

/** Which of his accounts it is about, or none of them. */
export const accountPlace: PlaceRules<At<'account'>, Place> = {
  labelsFirst: true,
  ask: async (here) =>
    screen(
      [...(here.place.draft ? [text('requests.wordsKept')] : []), text('requests.askAccount')],
      [...(await linkedHere(here)).map((one) => choice(labelOf(one), one.id)), choice('requests.noAccount', 'none')],
    ),
  answer: async (here): Promise<Step<Place>> => {
    const { said, came, place } = here
    if (said.kind === 'choice' && said.value === 'none') return chosen(place, null)
    const linked = await linkedHere(here)
    const one =
      said.kind === 'text'
        ? calledSo(said.text, linked)
        : linked.find(({ id }) => said.kind === 'choice' && said.value === id)
    if (one) return chosen(place, one.id)
    const written =
      said.kind === 'files' || (said.kind === 'text' && place.draft !== undefined) ? writtenIn(came) : undefined
    return written ? kept(here, written) : unclear
  },
  example: text('whichAccount.example'),
}

function chosen({ topic, draft }: At<'account'>['place'], account: number | null): Step<Place> {
  if (draft === undefined) return goTo({ at: 'write', topic, account })
  const call = { effect: 'keepDraft', input: { of: 'question', accountId: account } } as const
  return perform(call, (kept): Step<Place> => goTo({ at: 'gathered', draft: kept.draft }))
}

/** What else he says meanwhile is kept; the question stands. */
const kept = ({ place, rules }: At<'account'>, written: Written): Step<Place> =>
  perform(
    {
      effect: 'keepDraft',
      input: { of: 'question', ...(place.draft === undefined && { subject: place.topic }), written },
    },
    (done): Step<Place> => {
      const next: Place = { ...place, draft: done.draft }
      if (done.kind !== 'unknown' && done.left.length > 0) return stay(next, leftText(done.left, { rules }))
      return done.kind === 'kept' && done.isMore ? reshow(next) : stay(next)
    },
  )
