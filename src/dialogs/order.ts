import { showsSums } from '../domain/channelPolicy.ts'
import { isOfMonths } from '../domain/documents/kinds.ts'
import { defineDialog } from '../engine/dialog.ts'
import { goTo, open } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { confirmPlace, officePlace } from './orderConfirm.ts'
import { drawnPlace } from './orderDrawn.ts'
import { periodPlace } from './orderPeriod.ts'
import { opening, type Place, place } from './orderPlaces.ts'
import { receiving, wayPlace } from './orderWay.ts'

/** One document of one account: of which months, how it is received, by when. What the billing's data can answer is drawn and sent at once. */
export const order = defineDialog<Place>({
  id: 'order',
  version: 1,
  needs: 'account',
  consent: 2,
  place,
  begin: (here) => {
    const wanted = opening.safeParse(here.opening).data
    const { kinds, ways } = here.rules.documents
    if (!wanted) return open('orders')
    if ('number' in wanted) return goTo({ at: 'drawn', number: wanted.number })
    const { kind, months, paper } = wanted
    if (!kinds.includes(kind)) return open('orders', { notice: text('order.notOffered') })
    if (kind === 'receipt') return open('receipt', { accountId: here.accountId })
    if (!showsSums(here.policy) && ways.every((way) => way === 'chat'))
      return open('withheld', { opening: 'documents' })
    if (isOfMonths(kind) && !months) return goTo({ at: 'period', kind })
    return receiving(here, { kind, ...(months && { months }), ...(paper && { paper }) })
  },
  places: {
    period: periodPlace,
    way: wayPlace,
    office: officePlace,
    confirm: confirmPlace,
    drawn: drawnPlace,
  },
})
