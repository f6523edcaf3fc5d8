import { z } from 'zod'
import { periodOf } from '../domain/period.ts'
import { defineDialog, type Here } from '../engine/dialog.ts'
import { choice, finish, goTo, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { meterLine, monthLines, pageOf, pictureOf, pictureText, whatOfMeter } from './historyTexts.ts'
import { meterName } from './readingsTexts.ts'

const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('meters') }),
  /** `page`: 0 has the latest months. */
  z.object({ at: z.literal('months'), meterId: z.string(), page: z.int().nonnegative() }),
  z.object({ at: z.literal('picture'), meterId: z.string() }),
])

/** The account's meters, and of each what it showed and what ran through month by month, in words or as a picture. */
export const history = defineDialog<z.infer<typeof place>>({
  id: 'history',
  version: 1,
  needs: 'account',
  place,
  begin: async (here) => {
    const [first, ...others] = await metersOf(here)
    if (!first) return finish(text('common.lines', { lines: [...(await whose(here)), text('history.none')] }))
    return others.length > 0 ? goTo({ at: 'meters' }) : goTo({ at: 'months', meterId: first.id, page: 0 })
  },
  places: {
    meters: {
      ask: async (here) => {
        const meters = await metersOf(here)
        return screen(
          [...(await whose(here)), text('history.title'), ...meters.map((meter) => meterLine(meter, here.today))],
          meters.map((meter) => choice(meterName(meter), meter.id)),
        )
      },
      answer: async (here) => {
        const { said } = here
        if (said.kind !== 'choice') return unclear
        return goTo({ at: 'months', meterId: String(said.value), page: 0 })
      },
      asksNothing: true,
    },
    months: {
      ask: async (here) => {
        const { meterId, page } = here.place
        const meter = await meterOf(here, meterId)
        if (!meter) return screen(text('readings.meterGone'))
        const { months, hasEarlier, hasLater } = pageOf(meter, periodOf(here.today), page)
        return screen(
          [...(await whose(here)), whatOfMeter(meter, here.today), ...monthLines(meter, months)],
          [
            ...(pictureOf(meter, here) ? [choice('history.picture', 'picture')] : []),
            ...(hasEarlier ? [choice('history.earlier', page + 1)] : []),
            ...(hasLater ? [choice('history.later', page - 1)] : []),
          ],
        )
      },
      answer: ({ said, place: { meterId } }) => {
        if (said.kind !== 'choice') return unclear
        if (typeof said.value === 'number') return goTo({ at: 'months', meterId, page: Math.max(0, said.value) })
        return goTo({ at: 'picture', meterId })
      },
      asksNothing: true,
    },
    picture: {
      ask: async (here) => {
        const meter = await meterOf(here, here.place.meterId)
        const picture = meter && pictureOf(meter, here)
        if (!meter || !picture) return screen(text('readings.meterGone'))
        // A picture cannot be edited into words.
        return screen(
          [...(await whose(here)), ...pictureText(meter, periodOf(here.today))],
          [choice('history.table', 'table')],
          {
            files: [picture],
            keep: true,
          },
        )
      },
      answer: ({ said, place: { meterId } }) =>
        said.kind === 'choice' ? goTo({ at: 'months', meterId, page: 0 }) : unclear,
      asksNothing: true,
    },
  },
})

const metersOf = (here: Here<unknown>) => here.queries.history.ofAccount(here.accountId, periodOf(here.today))

const meterOf = async (here: Here<unknown>, meterId: string) =>
  (await metersOf(here)).find((meter) => meter.id === meterId)
