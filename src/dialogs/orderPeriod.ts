import { typedPeriod } from '../domain/charges/typedPeriod.ts'
import { addPeriods, type Period } from '../domain/period.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import { again, choice, type Step, screen, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import type { At, Place } from './orderPlaces.ts'
import { kindText } from './orderTexts.ts'
import { receiving } from './orderWay.ts'

/** The months that are offered, back from the last one that has charges. */
const spans = [
  { label: 'order.lastMonth', months: 1 },
  { label: 'order.quarter', months: 3 },
  { label: 'order.year', months: 12 },
]

/** Of which months a document is to be; by a button or in words. */
export const periodPlace: PlaceRules<At<'period'>, Place> = {
  ask: async (here) => {
    const charged = await chargedIn(here)
    const [latest] = charged
    if (!latest) return screen([...(await whose(here)), text('order.noCharges')])
    return screen(
      [...(await whose(here)), text('order.title', { title: kindText(here.place.kind) }), text('order.whichMonths')],
      spans.map(({ label, months }) => choice(labelOf(label, latest), months)),
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, today } = here
    const charged = await chargedIn(here)
    const [latest] = charged
    if (!latest) return unclear
    const span = said.kind === 'choice' ? spans.find(({ months }) => months === said.value) : undefined
    if (span) return chosen(here, charged, { from: addPeriods(latest, 1 - span.months), to: latest })
    const read = said.kind === 'text' ? typedPeriod(said.text, today) : undefined
    if (!read) return unclear
    if (read.ok) return chosen(here, charged, read)
    return read.problem === 'noSuchMonth' ? again(text('order.noSuchMonth')) : unclear
  },
  example: text('order.exampleMonths'),
}

const labelOf = (label: string, to: Period): Text => text(label, { to })

const chargedIn = ({ queries, accountId }: Here<unknown>): Promise<Period[]> => queries.charges.periods(accountId)

/** From the first to the last of those months that has charges. */
function chosen(
  here: At<'period'>,
  charged: readonly Period[],
  { from, to }: { from: Period; to: Period },
): Step<Place> {
  const within = charged.filter((one) => one >= from && one <= to)
  const [last, first] = [within.at(0), within.at(-1)]
  return first && last
    ? receiving(here, { kind: here.place.kind, months: { from: first, to: last } })
    : again(text('order.noneIn'))
}
