import { z } from 'zod'
import { defineDialog, type Said } from '../engine/dialog.ts'
import { type Choice, choice, goTo, opens, type Step, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { doors } from './doors.ts'
import {
  cabinetQuestions,
  chosenSubject,
  instructions,
  otherQuestions,
  paymentQuestions,
  type Subject,
  subjects,
} from './helpSubjects.ts'
import { helpDoors, helpText } from './helpTexts.ts'

const groups = ['cabinet', 'payment'] as const

const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('subjects') }),
  z.object({ at: z.literal('group'), group: z.enum(groups) }),
  z.object({ at: z.literal('told'), subject: z.enum(subjects) }),
])
type Place = z.infer<typeof place>

const titles = (some: readonly Subject[]): Choice[] => some.map((one) => choice(`help.${one}Title`, one))

const questions: Record<(typeof groups)[number], Choice[]> = {
  cabinet: titles(cabinetQuestions),
  payment: [
    doors.payment,
    ...titles(paymentQuestions),
    opens('help.tooMuchTitle', 'answers', 'tooMuch'),
    opens('help.officeTitle', 'answers', 'office'),
    ...titles(otherQuestions),
    doors.consultant,
  ],
}

/**
 * The centre's instructions and the questions that are asked most, a short screen each: the instructions at one tap, the questions at
 * two, all of them by a word or two typed here.
 */
export const help = defineDialog<Place>({
  id: 'help',
  version: 2,
  needs: 'nothing',
  place,
  upgrade: (saved) => place.safeParse(saved).data,
  begin: ({ opening }) => {
    const subject = subjects.find((one) => one === opening)
    return goTo(subject ? { at: 'told', subject } : { at: 'subjects' })
  },
  places: {
    subjects: {
      ask: () =>
        screen(
          text('help.title'),
          [...titles(instructions), ...groups.map((group) => choice(`help.groups.${group}`, group))],
          { nav: 'menu' },
        ),
      answer: ({ said }) => {
        const group = groups.find((one) => said.kind === 'choice' && one === said.value)
        return group ? goTo({ at: 'group', group }) : toSubject(said)
      },
      asksNothing: true,
      searches: true,
    },
    group: {
      ask: ({ place: { group } }) => screen(text(`help.groupTitles.${group}`), questions[group]),
      answer: ({ said }) => toSubject(said),
      asksNothing: true,
      searches: true,
    },
    told: {
      ask: (here) => screen(helpText(here.place.subject, here), helpDoors(here.place.subject, here)),
      answer: ({ said }) => toSubject(said),
      asksNothing: true,
      searches: true,
    },
  },
})

function toSubject(said: Said): Step<Place> {
  const subject = chosenSubject(said)
  return subject ? goTo({ at: 'told', subject }) : unclear
}
