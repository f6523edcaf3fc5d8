import type { MeterOnHand } from '../meter.ts'
import type { Entry } from './parse.ts'

/**
 * The meters whose values given here are taken only with a photo: those the billing has marked so, unless this very value stands
 * already with its photo.
 */
export function wantPhoto(entries: readonly Entry[], meters: readonly MeterOnHand[]): MeterOnHand[] {
  return meters.filter(({ id, photoRequired, current }) => {
    const given = photoRequired && entries.find(({ meterId }) => meterId === id)
    return given && (!current || current.wantsPhoto || current.values.join() !== given.values.join())
  })
}
