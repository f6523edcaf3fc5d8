import { z } from 'zod'
import { choice, defineDialog, goTo, opens, screen, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'

const subjects = ['readings', 'linking', 'accountNumber', 'data'] as const

const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('subjects') }),
  z.object({ at: z.literal('told'), subject: z.enum(subjects) }),
])

/** What the bot can do and how, a short screen a question. */
export const help = defineDialog<z.infer<typeof place>>({
  id: 'help',
  version: 1,
  needs: 'nothing',
  place,
  begin: ({ opening }) => {
    const subject = subjects.find((one) => one === opening)
    return goTo(subject ? { at: 'told', subject } : { at: 'subjects' })
  },
  places: {
    subjects: {
      ask: () =>
        screen(
          text('help.title'),
          [
            ...subjects.map((one) => choice(`help.${one}Title`, one)),
            opens('help.payTitle', 'answers', 'payment'),
            opens('help.tooMuchTitle', 'answers', 'tooMuch'),
            opens('help.officeTitle', 'answers', 'office'),
            opens('menu.consultant', 'consultant'),
          ],
          { nav: 'menu' },
        ),
      answer: ({ said }) => {
        const subject = subjects.find((one) => said.kind === 'choice' && one === said.value)
        return subject ? goTo({ at: 'told', subject }) : unclear
      },
      asksNothing: true,
    },
    told: {
      ask: ({ place: { subject }, rules }) =>
        screen(
          text(`help.${subject}`, { from: rules.readingsWindow.fromDay, to: rules.readingsWindow.toDay }),
          doNow[subject].map(([label, dialog]) => opens(label, dialog)),
        ),
      answer: () => unclear,
      asksNothing: true,
    },
  },
})

const doNow: Record<(typeof subjects)[number], [label: string, dialog: string][]> = {
  readings: [['menu.readings', 'readings']],
  linking: [['help.linkNow', 'linking']],
  accountNumber: [['help.linkNow', 'linking']],
  data: [['menu.settings', 'settings']],
}
