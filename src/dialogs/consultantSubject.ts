import { type Subject, subjects } from '../domain/deskSubjects.ts'
import type { Sent } from '../effects/relay.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import { again, choice, goTo, perform, type Step, screen, stay } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { linkedHere } from './accountNames.ts'
import { awayNow } from './consultantHours.ts'
import type { At, Place } from './consultantPlaces.ts'
import { sentBy } from './consultantSent.ts'

/** What the question is about. One press leads into the queue; words are the question itself. When nobody is there it is taken down. */
export const subjectPlace: PlaceRules<At<'subject'>, Place> = {
  labelsFirst: true,
  ask: async (here) => {
    const away = await awayNow(here)
    const choices = subjects.map((subject) => choice(text(`consultant.subject.${subject}`), subject))
    if (!away) return screen(text('consultant.subjectNow'), choices)
    const { when, night } = away
    return screen(text('consultant.subjectAway', { when }), choices, { once: text('consultant.nobody'), onceIn: night })
  },
  answer: async (here) => {
    const { said, came } = here
    const subject = subjects.find((one) => said.kind === 'choice' && one === said.value)
    if (subject) return (await awayNow(here)) ? goTo({ at: 'question', subject }) : ask(here, subject)
    const sent = sentBy(came)
    return sent ? ask(here, 'other', sent) : again(text('consultant.cannotPass'))
  },
  example: text('consultant.subjectExample'),
}

/** Hands the resident over. Where nobody is there, what is asked of him goes on. */
export async function ask(here: Here<unknown>, subject: Subject, sent?: Sent): Promise<Step<Place>> {
  const [only, another] = await linkedHere(here)
  const accountId = another ? undefined : only?.id
  const input = { subject, accountId, sent, steps: here.steps() }
  return perform({ effect: 'askConsultant', input }, ({ state, morning }): Step<Place> => {
    if (state === 'taken') return stay({ at: 'talking' })
    return morning && state === 'waiting' ? stay({ at: 'question', subject, asked: true }) : stay({ at: 'waiting' })
  })
}
