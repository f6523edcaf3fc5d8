import { showsSums } from '../domain/channelPolicy.ts'
import { periodWithin } from '../domain/charges/typedPeriod.ts'
import { defineDialog, type Here } from '../engine/dialog.ts'
import { goTo, type Step } from '../engine/saying.ts'
import { balancePlace } from './chargesBalance.ts'
import { ledToMonths, notPassed } from './chargesLeading.ts'
import { monthPlace } from './chargesMonthPlace.ts'
import { monthsPlace, pickPlace } from './chargesMonths.ts'
import { paymentsPlace } from './chargesPayments.ts'
import { opening, type Place, place } from './chargesPlaces.ts'
import { ledToWhy, whyPlace } from './chargesWhyPlace.ts'
import { toWithheld } from './chargesWithheld.ts'

/** What the account owes and what for: the balance in words, any month by its services, payments, and why a sum has changed. */
export const charges = defineDialog<Place>({
  id: 'charges',
  version: 1,
  needs: 'account',
  consent: 2,
  place,
  hears: (said, { opening, today }) => {
    const named = periodWithin(said, today)
    if (!named) return undefined
    const { from, to, beforeThis } = named
    const show = opening === 'why' || opening === 'payments' ? opening : 'months'
    return { show, from, to, ...(beforeThis && { beforeThis }) }
  },
  begin: async (here) => {
    if (!showsSums(here.policy)) return toWithheld
    const wanted = opening.safeParse(here.opening).data
    if (wanted === 'payments') return goTo({ at: 'payments', page: 0 })
    if (wanted === 'month' || wanted === 'why') return ofTheLast(here, wanted)
    if (!wanted) return goTo({ at: 'balance' })
    const { show, from, to, beforeThis } = wanted
    if (show === 'payments') return goTo({ at: 'payments', page: 0, from, to })
    const led = await (show === 'why' ? ledToWhy : ledToMonths)(here, { from, to })
    if (show === 'why' && (!('place' in led) || led.place.at !== 'why')) return ofTheLast(here, 'why')
    if ('problem' in led) return goTo({ at: 'balance' }, led.problem)
    return goTo(led.place, beforeThis && notPassed(here))
  },
  places: {
    balance: balancePlace,
    month: monthPlace,
    months: monthsPlace,
    pick: pickPlace,
    payments: paymentsPlace,
    why: whyPlace,
  },
})

/** What the last month that has charges is made of, or why it is what it is. */
async function ofTheLast({ accountId, queries }: Here<unknown>, at: 'month' | 'why'): Promise<Step<Place>> {
  const [period] = await queries.charges.periods(accountId)
  if (!period) return goTo({ at: 'balance' })
  return goTo(at === 'why' ? { at, period, against: 'month', page: 0 } : { at, period, page: 0 })
}
