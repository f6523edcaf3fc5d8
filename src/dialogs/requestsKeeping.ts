import type { Drafting } from '../effects/requests/keepDraft.ts'
import type { Here } from '../engine/dialog.ts'
import { again, goTo, perform, reshow, type Step, stay } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { Place } from './requestsPlaces.ts'
import { leftText } from './requestsTexts.ts'

/** Keeps a message in the draft and stands where it is shown what has been gathered: one screen for an album, below it. */
export const keepIn = (here: Here<unknown>, drafting: Omit<Drafting, 'of'>, isGathering: boolean): Step<Place> =>
  perform({ effect: 'keepDraft', input: { of: 'question', ...drafting } }, (kept): Step<Place> => {
    if (kept.kind === 'unknown') return again(text('requests.editUnknown'))
    const left = kept.left.length > 0 ? leftText(kept.left, here) : undefined
    if (kept.kind === 'full') return again(left ?? text('requests.cannotKeep'))
    const gathered: Place = { at: 'gathered', draft: kept.draft }
    if (!isGathering) return goTo(gathered, left)
    // Edits are not read out by what reads to the blind.
    return left || here.plain ? stay(gathered, left) : reshow(gathered)
  })
