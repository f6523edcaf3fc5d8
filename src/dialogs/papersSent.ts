import type { PlaceRules } from '../engine/dialog.ts'
import { choice, goTo, opens, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { added, sentHere } from './papersMine.ts'
import type { At, Next, Place } from './papersPlaces.ts'
import { writtenIn } from './requestsMessage.ts'

/** The number, and by when it is answered: to be found again, so it is never edited away. A page that was forgotten may follow at once. */
export const sentPlace: PlaceRules<At<'sent'>, Place> = {
  asksNothing: true,
  ask: async (here) => {
    const one = await sentHere(here)
    if (!one?.dueOn) return screen(text('papers.noSuch'), [opens('documents.mine', 'papers', 'mine')])
    return screen(
      text('papers.sent', { number: one.number, dueOn: one.dueOn }),
      [choice('papers.addMore', 'add'), opens('affairs.show', 'affairs')],
      { nav: 'menu', keep: true },
    )
  },
  answer: (here): Next => {
    const { said, came, place } = here
    const more = { at: 'more', request: place.request } as const
    if (said.kind === 'choice') return goTo(more)
    const written = said.kind === 'files' ? writtenIn(came) : undefined
    return written ? added(here, more, written) : unclear
  },
}
