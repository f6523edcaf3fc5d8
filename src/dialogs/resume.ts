import { z } from 'zod'
import { defineDialog, goTo, screen, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'

const matters = [
  ...(['readings', 'linking', 'confirmations', 'accounts', 'deletion', 'withdrawal'] as const),
  ...(['appointment', 'requests', 'papers'] as const),
] as const

/** `matter`: the dialog that was left, when it has a name of its own. */
const place = z.object({ at: z.literal('offered'), matter: z.enum(matters).optional().catch(undefined) })

/** «Начать» was pressed in the middle of something: what was begun is offered again. It is opened with the dialog that was left. */
export const resume = defineDialog<z.infer<typeof place>>({
  id: 'resume',
  version: 1,
  needs: 'nothing',
  place,
  begin: ({ opening }) => goTo({ at: 'offered', matter: matters.find((one) => one === opening) }),
  places: {
    offered: {
      ask: ({ place: { matter } }) =>
        screen(
          matter ? text('resume.offerOf', { matter: text(`resume.matter.${matter}`) }) : text('resume.offer'),
          [{ label: text('resume.goOn'), means: { go: 'resume' } }],
          { nav: 'menu' },
        ),
      answer: () => unclear,
      asksNothing: true,
    },
  },
})
