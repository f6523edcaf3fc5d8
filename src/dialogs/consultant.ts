import { z } from 'zod'
import { defineDialog } from '../engine/dialog.ts'
import type { Input } from '../engine/event.ts'
import { goTo, type Json, letBe, perform, type Step, stay } from '../engine/saying.ts'
import { hear, hearing } from './consultantHearing.ts'
import { type Place, place } from './consultantPlaces.ts'
import { accountPlace, addressPlace, questionPlace } from './consultantQuestion.ts'
import { commentPlace, declined, marked, ratingPlace, transcriptPlace } from './consultantRating.ts'
import { activeHere } from './consultantRelay.ts'
import { subjectPlace } from './consultantSubject.ts'
import { fromInbox, talkingPlace, waitingPlace } from './consultantTalking.ts'
import { toldPlace } from './consultantTold.ts'
import { unsentPlace } from './consultantUnsent.ts'
import { saidOfIt } from './marks.ts'

const opened = z.union([
  /** The desk has something to tell. */
  z.object({ line: z.string() }),
  /** An administrator has answered from VK's own inbox. */
  z.object({ admin: z.custom<Extract<Input, { kind: 'fromAdmin' }>>(isFromAdmin) }),
  /** A talk that is over is to be rated, or is by this press. */
  z.object({ rate: z.uuid(), ...saidOfIt }),
])

/**
 * A person of the centre: from asking for one, through the queue, to a talk that the bot keeps out of, and to what the resident thinks of it.
 * One talk in all his chats: whoever comes from another one joins it.
 */
export const consultant = defineDialog<Place>({
  id: 'consultant',
  version: 2,
  needs: 'nothing',
  place,
  upgrade: (saved) => place.safeParse(saved).data,
  begin: async (here): Promise<Step<Place>> => {
    const { resident, rules } = here
    const wanted = opened.safeParse(here.opening).data
    if (wanted && 'line' in wanted) return hear(wanted.line)
    if (wanted && 'admin' in wanted) return rules.hasDesk ? fromInbox(wanted.admin) : letBe()
    if (!rules.hasDesk || !resident?.consented) return goTo({ at: 'told' })
    if (wanted) return rated(wanted)
    const active = await activeHere(here)
    if (!active) return goTo({ at: 'subject' })
    return perform(
      { effect: 'askConsultant', input: { subject: active.subject, steps: here.steps() } },
      ({ state }): Step<Place> => stay({ at: state === 'taken' ? 'talking' : 'waiting' }),
    )
  },
  places: {
    told: hearing(toldPlace),
    subject: hearing(subjectPlace),
    question: hearing(questionPlace),
    account: hearing(accountPlace),
    address: hearing(addressPlace),
    waiting: hearing(waitingPlace),
    talking: hearing(talkingPlace),
    unsent: hearing(unsentPlace),
    rating: hearing(ratingPlace),
    comment: hearing(commentPlace),
    transcript: hearing(transcriptPlace),
  },
})

function rated({ rate, mark, declined: isDeclined }: { rate: string; mark?: number; declined?: true }): Step<Place> {
  if (mark !== undefined) return marked(rate, mark)
  return isDeclined ? declined(rate) : goTo({ at: 'rating', handOff: rate })
}

function isFromAdmin(value: unknown): boolean {
  const admin = z.object({
    ...{ kind: z.literal('fromAdmin'), admin: z.string(), text: z.string(), message: z.string() },
    files: z.array(z.json() as z.ZodType<Json>),
  })
  return admin.safeParse(value).success
}
