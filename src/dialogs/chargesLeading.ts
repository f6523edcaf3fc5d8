import { showsSums } from '../domain/channelPolicy.ts'
import type { Periods } from '../domain/charges/periods.ts'
import { typedPeriod } from '../domain/charges/typedPeriod.ts'
import { type Period, periodOf } from '../domain/period.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import { again, type Choice, choice, goTo, opens, type Screen, type Step, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { type Place, place } from './chargesPlaces.ts'
import { toWithheld, withheld } from './chargesWithheld.ts'
import { haveText, periodsText } from './chargesWords.ts'

type In<At extends Place['at']> = Here<Extract<Place, { at: At }>>

/** Where months that were named lead, or why they lead nowhere. */
export type Led = { place: Place } | { problem: Text }

/**
 * A place that shows sums. What a messenger may carry is configuration and may be another one since the last screen, so it is judged wherever one
 * stands. A press leads where its button says; typed months lead to `lead`.
 */
export function sumsPlace<At extends Place['at']>(
  ask: (here: In<At>) => Screen | Promise<Screen>,
  lead: (here: In<At>, periods: Periods) => Led | Promise<Led> = ledToMonths,
): PlaceRules<In<At>, Place> {
  return {
    asksNothing: true,
    ask: (here) => (showsSums(here.policy) ? ask(here) : withheld),
    answer: async (here): Promise<Step<Place>> => {
      const { said } = here
      if (said.kind === 'choice' && !showsSums(here.policy)) return toWithheld
      if (said.kind === 'text' && showsSums(here.policy)) {
        const typed = typedPeriod(said.text, here.today)
        if (!typed.ok) return typed.problem === 'nothing' ? unclear : again(text('charges.noSuchMonth'))
        const led = await lead(here, typed)
        if ('problem' in led) return again(led.problem)
        return goTo(led.place, typed.beforeThis && notPassed(here))
      }
      const next = place.safeParse(said.kind === 'choice' ? said.value : undefined)
      return next.success ? goTo(next.data) : unclear
    },
  }
}

/** The present month was meant, of which there are no charges yet. */
export const notPassed = ({ today }: Pick<Here<unknown>, 'today'>): Text =>
  text('charges.notPassed', { period: periodOf(today) })

/** One month's charges, or a table of several. */
export async function ledToMonths(here: Here<unknown>, periods: Periods): Promise<Led> {
  const charged = await here.queries.charges.periods(here.accountId)
  const within = charged.filter((period) => period >= periods.from && period <= periods.to)
  const [to, from] = [within.at(0), within.at(-1)]
  if (!to || !from) return { problem: nothingIn(here, periods, charged) }
  if (from === to) return { place: { at: 'month', period: to, page: 0 } }
  return { place: { at: 'months', from, to, page: 0 } }
}

/** Why there is nothing to show, and of which months there is. */
export function nothingIn(here: Here<unknown>, periods: Periods, charged: readonly Period[]): Text {
  const [latest] = charged
  if (!latest) return text('charges.none')
  const present = periodOf(here.today)
  const [months, have] = [periodsText(periods), haveText(charged)]
  if (periods.from > present) return text('charges.ahead', { months, have })
  return text(periods.from > latest ? 'charges.notYet' : 'charges.noneIn', { months, have })
}

/** A button that leads to a place. */
export const leads = (label: Text | string, to: Place): Choice => choice(label, to)

/** Doors from a screen of months to what is made of them: both are dialogs of their own. */
export const keepsakes = ({ accountId }: Here<unknown>, { from, to }: Periods): Choice[] => [
  opens('charges.picture', 'chargesPicture', undefined, accountId),
  opens('charges.save', 'chargesExport', { from, to }, accountId),
]
