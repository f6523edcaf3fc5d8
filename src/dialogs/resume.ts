import { z } from 'zod'
import { defineDialog, goTo, screen, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'

const place = z.object({ at: z.literal('offered') })

/** «Начать» was pressed in the middle of something: what was begun is offered again. */
export const resume = defineDialog<z.infer<typeof place>>({
  id: 'resume',
  version: 1,
  needs: 'nothing',
  place,
  begin: () => goTo({ at: 'offered' }),
  places: {
    offered: {
      ask: () =>
        screen(text('resume.offer'), [{ label: text('resume.goOn'), means: { go: 'resume' } }], { nav: 'menu' }),
      answer: () => unclear,
      asksNothing: true,
    },
  },
})
