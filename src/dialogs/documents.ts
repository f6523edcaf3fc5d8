import { z } from 'zod'
import { defineDialog } from '../engine/dialog.ts'
import { goTo, opens, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { doors } from './doors.ts'

const place = z.object({ at: z.literal('ways') })

/** Documents: those a resident hands in, those he asks for, and what has become of either. */
export const documents = defineDialog<z.infer<typeof place>>({
  id: 'documents',
  version: 2,
  needs: 'consent',
  place,
  // What was ordered here has dialogs of its own.
  upgrade: () => ({ at: 'ways' }),
  begin: () => goTo({ at: 'ways' }),
  places: {
    ways: {
      ask: () =>
        screen(text('documents.title'), [
          opens('documents.handIn', 'papers'),
          doors.orders,
          opens('documents.mine', 'papers', 'mine'),
          opens('orders.mine', 'orders', 'mine'),
        ]),
      answer: () => unclear,
      asksNothing: true,
    },
  },
})
