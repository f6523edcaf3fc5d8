import { z } from 'zod'
import { defineDialog } from '../engine/dialog.ts'
import { choice, finish, goTo, opens, perform, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { linkedOne } from './accountNames.ts'
import { yesOrNo } from './yesOrNo.ts'

const outcomes = ['denied', 'gone', 'mayNot'] as const
const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('sure'), link: z.uuid() }),
  z.object({ at: z.literal('told'), outcome: z.enum(outcomes) }),
])

/**
 * Another person has linked an account of this resident: who linked it before is told, without a name, and may unlink that person by
 * «Это не я» and a yes, so that no stray press or digit does it. The dialog is opened by that press, with the link.
 */
export const newcomer = defineDialog<z.infer<typeof place>>({
  id: 'newcomer',
  version: 1,
  needs: 'consent',
  place,
  begin: ({ opening }) => {
    const link = z.uuid().safeParse(opening)
    if (!link.success) return finish()
    return goTo({ at: 'sure', link: link.data })
  },
  places: {
    sure: {
      ask: async ({ place, resident, queries }) => {
        const other = resident && (await queries.accounts.other(resident.id, place.link))
        if (!other) return screen(text('newcomer.gone'), [], { nav: 'menu' })
        return screen(text('newcomer.sure'), [choice('newcomer.yes', 'yes'), choice('newcomer.no', 'no')], {
          nav: 'menu',
        })
      },
      answer: ({ said, place: { link } }) => {
        const sure = yesOrNo(said)
        if (sure === undefined) return unclear
        if (!sure) return finish(text('newcomer.kept'))
        return perform({ effect: 'denyLink', input: { link } }, ({ kind }) => goTo({ at: 'told', outcome: kind }))
      },
    },
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
