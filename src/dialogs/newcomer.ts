import { z } from 'zod'
import { defineDialog, finish, goTo, opens, perform, screen, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import { linkedOne } from './accountNames.ts'

const outcomes = ['denied', 'gone', 'mayNot'] as const
const place = z.object({ at: z.literal('told'), outcome: z.enum(outcomes) })

/**
 * Another person has linked an account of this resident: who linked it before is told, without a name, and «Это не я» unlinks that person
 * at once. The dialog is opened by that press, with the link.
 */
export const newcomer = defineDialog<z.infer<typeof place>>({
  id: 'newcomer',
  version: 1,
  needs: 'consent',
  place,
  begin: ({ opening }) => {
    const link = z.uuid().safeParse(opening)
    if (!link.success) return finish()
    return perform({ effect: 'denyLink', input: { link: link.data } }, ({ kind }) =>
      goTo({ at: 'told', outcome: kind }),
    )
  },
  places: {
    told: {
      ask: ({ place: { outcome } }) =>
        screen(
          text(`newcomer.${outcome}`),
          [opens('menu.consultant', 'consultant'), opens('menu.accounts', 'accounts')],
          { nav: 'menu' },
        ),
      answer: () => unclear,
      asksNothing: true,
    },
  },
  news: async (here) => {
    const { resident, queries, about } = here
    const other = resident && (await queries.accounts.other(resident.id, about))
    const account = other && (await linkedOne(here, other.accountId))
    if (!account) return undefined
    return screen(
      text('newcomer.news', { line: account.line }),
      other.mayRemove ? [opens('newcomer.notMe', 'newcomer', other.link)] : [],
      { nav: 'menu' },
    )
  },
})
