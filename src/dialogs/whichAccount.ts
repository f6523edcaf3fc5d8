import { z } from 'zod'
import { calledSo } from '../domain/accountName.ts'
import { defineDialog } from '../engine/dialog.ts'
import { choice, finish, goTo, type Json, open, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { labelOf, linkedHere } from './accountNames.ts'

const opening = z.object({ dialog: z.string(), opening: z.json() })

const place = z.object({ at: z.literal('which'), dialog: z.string(), opening: z.json() as z.ZodType<Json> })

/** Asked before a dialog that is about one account, of a resident who has several. */
export const whichAccount = defineDialog<z.infer<typeof place>>({
  id: 'whichAccount',
  version: 1,
  needs: 'consent',
  place,
  begin: (here) => {
    const wanted = opening.safeParse(here.opening)
    return wanted.success ? goTo({ at: 'which', ...wanted.data }) : finish()
  },
  places: {
    which: {
      ask: async (here) =>
        screen(
          text('whichAccount.which'),
          (await linkedHere(here)).map((one) => choice(labelOf(one), one.id)),
        ),
      answer: async (here) => {
        const { said, place } = here
        const own = await linkedHere(here)
        const chosen =
          said.kind === 'text'
            ? calledSo(said.text, own)
            : own.find(({ id }) => said.kind === 'choice' && said.value === id)
        if (!chosen) return unclear
        return open(place.dialog, { accountId: chosen.id, ...(place.opening !== null && { opening: place.opening }) })
      },
      example: text('whichAccount.example'),
    },
  },
})
