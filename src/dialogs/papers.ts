import { defineDialog } from '../engine/dialog.ts'
import { finish, goTo } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { checkPlace } from './papersCheck.ts'
import { draftHere } from './papersDraft.ts'
import { factPlace } from './papersFacts.ts'
import { gatherPlace, paperPlace } from './papersGather.ts'
import {
  accountPlace,
  beginOpening,
  beginVisit,
  codePlace,
  matterPlace,
  underwayPlace,
  unsentPlace,
} from './papersMatter.ts'
import { minePlace, morePlace, onePlace } from './papersMine.ts'
import { papersNews } from './papersNews.ts'
import { addressPlace, claimantPlace, flatPlace, streetPlace } from './papersOpening.ts'
import { opening, type Place, place } from './papersPlaces.ts'
import { sentPlace } from './papersSent.ts'

/**
 * Papers (документы) that a resident hands in: for a matter of an account of his, to open one, or beforehand for a visit. All that he gives stands in a
 * draft, message by message: he may leave anywhere and go on from any of his chats. What was sent is looked at and added to.
 */
export const papers = defineDialog<Place>({
  id: 'papers',
  version: 1,
  needs: 'consent',
  consent: 3,
  place,
  begin: async (here) => {
    const wanted = opening.safeParse(here.opening).data
    if (wanted === 'mine') return goTo({ at: 'mine' })
    if (wanted === 'account') return beginOpening(here)
    if (wanted && 'sent' in wanted) return goTo({ at: 'sent', request: wanted.sent })
    if (wanted && 'request' in wanted) return goTo({ at: wanted.more ? 'more' : 'one', request: wanted.request })
    if (wanted) {
      const booking = here.resident && (await here.queries.visits.booking(here.resident.id, wanted.booking))
      return booking?.state === 'booked' ? beginVisit(here, booking.id) : finish(text('appointment.gone'))
    }
    if ((await draftHere(here, 'papers'))?.matter) return goTo({ at: 'unsent', of: 'papers' })
    return goTo((await draftHere(here, 'account')) ? { at: 'unsent', of: 'account' } : { at: 'matter' })
  },
  places: {
    unsent: unsentPlace,
    underway: underwayPlace,
    matter: matterPlace,
    account: accountPlace,
    code: codePlace,
    fact: factPlace,
    gather: gatherPlace,
    address: addressPlace,
    street: streetPlace,
    flat: flatPlace,
    claimant: claimantPlace,
    paper: paperPlace,
    check: checkPlace,
    sent: sentPlace,
    mine: minePlace,
    one: onePlace,
    more: morePlace,
  },
  news: papersNews,
})
