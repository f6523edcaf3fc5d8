import { z } from 'zod'
import { looksLikeReadings } from '../domain/readings/looksLike.ts'
import { defineDialog, goTo, open, opens, screen, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'

const place = z.object({ at: z.literal('menu') })

/** The main menu. Without a linked account there is nothing to choose from yet: it leads to linking one. */
export const menu = defineDialog<z.infer<typeof place>>({
  id: 'menu',
  version: 1,
  needs: 'consent',
  place,
  begin: ({ resident }) => (resident?.accounts.length ? goTo({ at: 'menu' }) : open('linking')),
  places: {
    menu: {
      ask: () =>
        screen(
          text('menu.title'),
          [
            opens('menu.readings', 'readings'),
            opens('menu.charges', 'charges'),
            opens('menu.receipt', 'receipt'),
            opens('menu.appointment', 'appointment'),
            opens('menu.documents', 'documents'),
            opens('menu.requests', 'requests'),
            opens('menu.consultant', 'consultant'),
            opens('menu.accounts', 'accounts'),
            opens('menu.help', 'help'),
            opens('menu.settings', 'settings'),
          ],
          { nav: 'none' },
        ),
      answer: ({ said }) => {
        if (said.kind === 'files') {
          const files = said.files.map((file) => ({ ...file }))
          return open('readings', { opening: { files, ...(said.caption !== undefined && { caption: said.caption }) } })
        }
        if (said.kind !== 'text') return unclear
        if (!looksLikeReadings(said.text)) return unclear
        return open('readings', { opening: { text: said.text } })
      },
      example: text('menu.example'),
    },
  },
})
