import { wantPhoto } from '../domain/readings/photos.ts'
import type { Here, Said } from '../engine/dialog.ts'
import { choice, goTo, type Screen, type Step, screen } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { onHand } from './readingsMeters.ts'
import type { Place } from './readingsPlaces.ts'
import { photoOrNothing, readValues, toConfirm } from './readingsSteps.ts'
import { meterName } from './readingsTexts.ts'

type InPhoto = Here<Extract<Place, { at: 'photo' }>>

/** Asks for the photo without which the billing takes no readings of some meters; the others can go on without them. */
export async function askPhoto(here: InPhoto): Promise<Screen> {
  const { wanted, others } = await apart(here)
  const change = choice('readings.change', 'no')
  if (wanted.length === 0) return screen(text('readings.photoNotNeeded'), [choice('readings.goOn', 'all'), change])
  return screen(
    [
      ...(await whose(here)),
      text('readings.photoNeeded', { count: wanted.length, lines: wanted.map(meterName) }),
      ...(others.length > 0 ? [text('readings.othersKept')] : []),
    ],
    [...(others.length > 0 ? [choice('readings.othersOnly', 'others')] : []), change],
  )
}

export async function answerPhoto(here: InPhoto & { said: Said }): Promise<Step<Place>> {
  const { said, place } = here
  if (said.kind === 'text') return readValues(said.text, here)
  if (said.kind !== 'choice') return photoOrNothing(said, here)
  const { entries, photos } = place
  if (said.value === 'no') return goTo({ at: 'values', photos, entries })
  const { others } = await apart(here)
  return toConfirm(said.value === 'others' && others.length > 0 ? others : entries, here)
}

/** The meters that wait for a photo, and what is given for the others. */
async function apart(here: InPhoto) {
  const { entries } = here.place
  const wanted = wantPhoto(entries, (await onHand(here)).meters)
  return { wanted, others: entries.filter(({ meterId }) => !wanted.some(({ id }) => id === meterId)) }
}
