import { defineDialog } from '../engine/dialog.ts'
import { goTo, open } from '../engine/saying.ts'
import { answerPlace, cancelPlace } from './ordersChanging.ts'
import { wishedKind } from './ordersHeard.ts'
import { kindsPlace, minePlace } from './ordersMine.ts'
import { ordersNews } from './ordersNews.ts'
import { onePlace } from './ordersOne.ts'
import { opening, type Place, place } from './ordersPlaces.ts'

/** «Заказать документ»: what there is, what a resident has asked for and how it stands. */
export const orders = defineDialog<Place>({
  id: 'orders',
  version: 1,
  needs: 'consent',
  consent: 2,
  place,
  hears: (said, { opening }) => {
    // «Где моя справка о долге» asks for no other one.
    const kind = opening === 'mine' ? undefined : wishedKind(said)
    return kind && { kind }
  },
  begin: ({ opening: wish, resident }) => {
    const wanted = opening.safeParse(wish).data
    if (wanted === 'mine') return goTo({ at: 'mine' })
    if (wanted && 'request' in wanted) {
      const { request, to } = wanted
      if (to === 'answer') return goTo({ at: 'answer', request })
      return goTo({ at: 'one', request, ...(to === 'files' && { files: true }) })
    }
    if (wanted) return open('order', { opening: { kind: wanted.kind } })
    return resident?.accounts.length ? goTo({ at: 'kinds' }) : open('linking')
  },
  places: {
    kinds: kindsPlace,
    mine: minePlace,
    one: onePlace,
    answer: answerPlace,
    cancel: cancelPlace,
  },
  news: ordersNews,
})
