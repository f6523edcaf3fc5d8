import { z } from 'zod'
import { choice, defineDialog, goTo, opens, screen, stay, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import { type Affair, meterAffairs, requestAffairs, talkAffairs, visitAffairs } from './affairsFound.ts'

const place = z.object({ at: z.literal('shown') })
type Place = z.infer<typeof place>

/** «Мои дела»: all that is under way, on one screen: what he has asked for, where he is awaited, what is still to be given. */
export const affairs = defineDialog<Place>({
  id: 'affairs',
  version: 1,
  needs: 'consent',
  place,
  begin: () => goTo({ at: 'shown' }),
  places: {
    shown: {
      asksNothing: true,
      ask: async (here) => {
        const found: Affair[] = [
          ...(await meterAffairs(here)),
          ...(await requestAffairs(here)),
          ...(await visitAffairs(here)),
          ...(await talkAffairs(here)),
        ]
        const refresh = choice('affairs.refresh', 'refresh')
        if (found.length === 0)
          return screen(
            [text('affairs.title'), text('affairs.none')],
            [opens('requests.new', 'requests', 'new'), refresh],
          )
        return screen(
          [text('affairs.title'), text('affairs.list', { lines: found.map(({ line }) => line) })],
          [...found.map(({ door }) => door), refresh],
        )
      },
      // The one screen is changed in its place.
      answer: ({ said }) =>
        said.kind === 'choice' && said.value === 'refresh' ? stay<Place>({ at: 'shown' }) : unclear,
    },
  },
})
