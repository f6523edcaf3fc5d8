import { z } from 'zod'
import { showsSums } from '../domain/channelPolicy.ts'
import { addPeriods, isPeriod, type Period } from '../domain/period.ts'
import { defineDialog, type Here } from '../engine/dialog.ts'
import { choice, finish, goTo, type Screen, type Step, screen, stay, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { fileOf, monthsText } from './chargesExportTexts.ts'
import { toWithheld, withheld } from './chargesWithheld.ts'

const period = z.custom<Period>((value) => typeof value === 'string' && isPeriod(value))
const months = { from: period, to: period }
const form = z.enum(['pdf', 'csv'])

const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('form'), ...months }),
  z.object({ at: z.literal('file'), ...months, as: form }),
])
type Place = z.infer<typeof place>

/** Opened for these months; without them for the latest year of charges. */
const opening = z.object(months)

const monthsWithout = 12

/** Charges and payments of some months as a document or as a table, to keep and to print. */
export const chargesExport = defineDialog<Place>({
  id: 'chargesExport',
  version: 1,
  needs: 'account',
  consent: 2,
  place,
  begin: async (here) => {
    if (!showsSums(here.policy)) return toWithheld
    const charged = await here.queries.charges.periods(here.accountId)
    const [latest] = charged
    if (!latest) return finish(text('chargesExport.none'))
    const wanted = opening.safeParse(here.opening)
    const within = charged.filter((each) => wanted.success && each >= wanted.data.from && each <= wanted.data.to)
    const [to, from] = [within.at(0), within.at(-1)]
    if (from && to) return goTo({ at: 'form', from, to })
    const earliest = charged.findLast((each) => each > addPeriods(latest, -monthsWithout)) ?? latest
    const lately = { at: 'form', from: earliest, to: latest } as const
    return goTo(lately, wanted.success ? text('chargesExport.noneIn') : undefined)
  },
  places: {
    form: {
      ask: withSums(async (here) => {
        const chosen = text('chargesExport.choose', { months: monthsText(here.place) })
        return screen([...(await whose(here)), chosen, text('chargesExport.which')], forms)
      }),
      answer: ({ said, place }) => taken(said, place, goTo<Place>),
      asksNothing: true,
    },
    file: {
      ask: withSums(async (here) => {
        const { accountId, queries, place } = here
        const { from, to, as } = place
        const [facts, account] = await Promise.all([queries.charges.file(accountId, from, to), whose(here)])
        if (!facts) return screen(text('chargesExport.none'))
        const said = text(`chargesExport.ready.${as}`, { months: monthsText(place) })
        // A file is to be found again.
        return screen([...account, said], forms, { files: [fileOf(facts, place, here)], keep: true })
      }),
      answer: ({ said, place }) => taken(said, place, stay<Place>),
      asksNothing: true,
    },
  },
})

const forms = [choice('chargesExport.pdf', 'pdf'), choice('chargesExport.csv', 'csv')]

/** What a messenger may carry is a setting, and may be another one since the last screen. */
function withSums<At extends Place['at']>(
  ask: (here: Here<Extract<Place, { at: At }>>) => Screen | Promise<Screen>,
): typeof ask {
  return (here) => (showsSums(here.policy) ? ask(here) : withheld)
}

function taken(
  said: { kind: string; value?: unknown },
  { from, to }: { from: Period; to: Period },
  lead: (place: Place) => Step<Place>,
): Step<Place> {
  const chosen = form.safeParse(said.kind === 'choice' ? said.value : undefined)
  return chosen.success ? lead({ at: 'file', from, to, as: chosen.data }) : unclear
}
