import type { Sent } from '../effects/relay.ts'
import type { Here } from '../engine/dialog.ts'
import { again, pass, perform, type Step, stay } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { ActiveHandOff } from '../queries/desk.ts'
import type { Place } from './consultantPlaces.ts'

/** The resident's question that is not over. */
export const activeHere = async ({ resident, queries }: Here<unknown>): Promise<ActiveHandOff | undefined> =>
  resident && queries.desk.active(resident.id)

/** Hands on what he has said from where he stands: a short word says so, unless a person is there to answer. */
export const relayed = (sent: Sent, stands: Place): Step<Place> =>
  perform({ effect: 'relay', input: { sent } }, (heard): Step<Place> => {
    if (heard.kind === 'over') return stay({ at: 'unsent', sent })
    if (heard.kind === 'unknown') return stands.at === 'talking' ? pass(stands) : again(text('consultant.editUnknown'))
    if (heard.state === 'taken') return stands.at === 'talking' ? pass(stands) : stay({ at: 'talking' })
    if (heard.reopened) return stay({ at: 'waiting' }, text('consultant.reopened'))
    if (stands.at === 'talking') return stay({ at: 'waiting' }, text('consultant.added'))
    if (heard.isMore) return pass(stands)
    return again(text(sent.edits ? 'consultant.edited' : 'consultant.added'))
  })

/** «Написать ещё»: the talk that was over goes on, or another one is begun. */
export const goOn: Step<Place> = perform({ effect: 'relay', input: {} }, (heard): Step<Place> => {
  if (heard.kind !== 'heard') return stay({ at: 'subject' })
  if (heard.state === 'taken') return stay({ at: 'talking' })
  return stay({ at: 'waiting' }, text('consultant.reopened'))
})
