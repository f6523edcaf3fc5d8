import { z } from 'zod'
import { defineDialog } from '../engine/dialog.ts'
import { choice, goTo, opens, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whereCabinetIs } from './cabinet.ts'

const place = z.discriminatedUnion('at', [z.object({ at: z.literal('ways') }), z.object({ at: z.literal('order') })])

/** Documents: those a resident hands in, those he asks for, and what has become of either. */
export const documents = defineDialog<z.infer<typeof place>>({
  id: 'documents',
  version: 1,
  needs: 'consent',
  place,
  begin: () => goTo({ at: 'ways' }),
  places: {
    ways: {
      ask: () =>
        screen(text('documents.title'), [
          opens('documents.handIn', 'papers'),
          choice('documents.order', 'order'),
          opens('documents.mine', 'papers', 'mine'),
        ]),
      answer: ({ said }) => (said.kind === 'choice' ? goTo({ at: 'order' }) : unclear),
      asksNothing: true,
    },
    order: {
      ask: ({ rules }) =>
        screen([text('documents.orderLater'), whereCabinetIs(rules)], [opens('menu.consultant', 'consultant')]),
      answer: () => unclear,
      asksNothing: true,
    },
  },
})
