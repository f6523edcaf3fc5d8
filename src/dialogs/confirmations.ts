import { defineDialog } from '../engine/dialog.ts'
import { choice, finish, goTo, opens, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { corrected, givenHere, photoPlace, surePlace, valuePlace } from './confirmationsCorrection.ts'
import { type Place, place } from './confirmationsPlaces.ts'
import { closedReadings, confirmationTexts, isCorrectable, namedValue } from './confirmationsTexts.ts'
import { periodOf } from './readingsMeters.ts'

/** What was submitted and what became of it, «Исправить» while the receipt is open, and afterwards a request for a specialist. */
export const confirmations = defineDialog<Place>({
  id: 'confirmations',
  version: 1,
  needs: 'account',
  place,
  begin: async (here) => {
    if ((await givenHere(here)).length > 0) return goTo({ at: 'shown' })
    return finish(text('common.lines', { lines: [...(await whose(here)), text('confirmations.none')] }))
  },
  places: {
    shown: {
      ask: async (here) => {
        const given = await givenHere(here)
        const { period } = periodOf(here)
        return screen(
          [...(await whose(here)), text('confirmations.title'), ...confirmationTexts(given)],
          [
            opens(
              isCorrectable(given, period) ? 'confirmations.correct' : 'menu.readings',
              'readings',
              undefined,
              here.accountId,
            ),
            ...(closedReadings(given, period).length > 0 ? [choice('confirmations.correctClosed', 'closed')] : []),
          ],
        )
      },
      answer: async (here) => {
        if (here.said.kind !== 'choice') return unclear
        const [first, another] = closedReadings(await givenHere(here), periodOf(here).period)
        if (!first) return goTo({ at: 'shown' })
        return another ? goTo({ at: 'which' }) : goTo({ at: 'value', readingId: first.id, photos: [] })
      },
      asksNothing: true,
    },
    which: {
      ask: async (here) => {
        const closed = closedReadings(await givenHere(here), periodOf(here).period)
        const lines = closed.map((reading) =>
          text('confirmations.closedLine', { ...namedValue(reading), period: reading.period }),
        )
        return screen(
          text('confirmations.which', { lines }),
          closed.map((reading) => choice(namedValue(reading).meter, reading.id)),
        )
      },
      answer: ({ said }) => (said.kind === 'choice' ? corrected(String(said.value)) : unclear),
      example: text('confirmations.exampleWhich'),
    },
    value: valuePlace,
    photo: photoPlace,
    sure: surePlace,
  },
})
