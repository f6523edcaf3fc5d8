import type { Here, Said } from '../engine/dialog.ts'
import { choice, goTo, type Screen, type Step, screen } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { onHand } from './readingsMeters.ts'
import type { Place } from './readingsPlaces.ts'
import { type InDialog, oneAfterAnother, photoOrNothing, readOne, toPossible } from './readingsSteps.ts'
import { meterName, valuesText } from './readingsTexts.ts'
import { yesOrNo } from './yesOrNo.ts'

type InUnsure = Here<Extract<Place, { at: 'unsure' }>>

/** A number that can be read in several ways: which of them is right. */
export async function askUnsure(here: InUnsure): Promise<Screen> {
  const { meters } = await onHand(here)
  const meter = meters.find(({ id }) => id === here.place.meterId)
  if (!meter) return screen(text('readings.meterGone'), [choice('readings.skip', 'anew')])
  return screen(text('readings.whichValue', { meter: meterName(meter) }), [
    ...here.place.candidates.map((values, index) => choice(valuesText(meter, values), index)),
    choice('readings.writeAnew', 'anew'),
  ])
}

export async function answerUnsure(here: InUnsure & { said: Said }): Promise<Step<Place>> {
  const { said, place } = here
  const { meterId, candidates, more = [], queue, entries, photos } = place
  const [only, another] = candidates
  const agreed = only && !another && yesOrNo(said) ? only : undefined
  const values = said.kind === 'choice' ? candidates[Number(said.value)] : agreed
  if (values) {
    const given = [...entries, { meterId, values }]
    const [first, ...rest] = more
    if (!first) return queue.length > 0 ? oneAfterAnother(queue, given, photos) : toPossible(given, here)
    return goTo({ at: 'unsure', ...first, queue, entries: given, photos, ...(rest.length > 0 && { more: rest }) })
  }
  const asked = [meterId, ...more.map((one) => one.meterId), ...queue]
  if (said.kind === 'choice' || yesOrNo(said) === false) return oneAfterAnother(asked, entries, photos)
  const read = (typed: string, inDialog: InDialog) =>
    readOne(typed, { at: 'one', queue: asked, entries, photos: inDialog.place.photos }, inDialog)
  return said.kind === 'text' ? read(said.text, here) : photoOrNothing(said, here, read)
}
