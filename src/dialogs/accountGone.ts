import { z } from 'zod'
import { defineDialog, type Here } from '../engine/dialog.ts'
import { finish, goTo, opens, perform, type Screen, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { LostAccount } from '../queries/accounts.ts'

const place = z.object({ at: z.literal('told'), account: z.int() })
type Place = z.infer<typeof place>

/** An account is linked no more, by no doing of this chat: says which one, why, and what can be done. */
export const accountGone = defineDialog<Place>({
  id: 'accountGone',
  version: 1,
  needs: 'consent',
  place,
  begin: ({ opening }) => {
    const account = z.int().safeParse(opening)
    if (!account.success) return finish(text('errors.accountGone'))
    return perform({ effect: 'leaveClosed', input: { accountId: account.data } }, () =>
      goTo({ at: 'told', account: account.data }),
    )
  },
  places: {
    told: {
      ask: async (here) => {
        const lost = await lostOne(here, here.place.account)
        return lost ? explained(lost, here) : screen(text('accountGone.linked'), [], { nav: 'menu' })
      },
      answer: () => unclear,
      asksNothing: true,
    },
  },
  news: async (here) => {
    const account = Number(here.about)
    // Whoever stands here with this account has just read it.
    if (here.place?.account === account) return undefined
    const lost = await lostOne(here, account)
    return lost && lost.why !== 'self' ? explained(lost, here) : undefined
  },
})

const lostOne = async (
  { resident, queries, policy }: Here<unknown>,
  account: number,
): Promise<LostAccount | undefined> => resident && queries.accounts.lost(resident.id, account, policy)

function explained({ address, why }: LostAccount, { resident }: Here<unknown>): Screen {
  return screen(
    text(`accountGone.${why}`, { address }),
    [
      why === 'denied' ? opens('linking.byCode', 'linking', 'code') : opens('accounts.linkAnother', 'linking'),
      opens('menu.consultant', 'consultant'),
      ...(resident?.accounts.length ? [opens('menu.accounts', 'accounts')] : []),
    ],
    { nav: 'menu' },
  )
}
