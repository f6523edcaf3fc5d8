import { z } from 'zod'
import { defineDialog, goTo, opens, screen, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'

const place = z.object({ at: z.literal('list') })

/** The resident's linked accounts, by their addresses. */
export const accounts = defineDialog<z.infer<typeof place>>({
  id: 'accounts',
  version: 1,
  needs: 'consent',
  place,
  begin: () => goTo({ at: 'list' }),
  places: {
    list: {
      ask: ({ resident }) => {
        const linked = (resident?.accounts ?? []).map(({ address }) => text('accounts.line', { address }))
        return screen(
          linked.length > 0 ? text('accounts.list', { count: linked.length, linked }) : text('accounts.none'),
          [opens('accounts.linkAnother', 'linking')],
        )
      },
      answer: () => unclear,
      asksNothing: true,
    },
  },
})
