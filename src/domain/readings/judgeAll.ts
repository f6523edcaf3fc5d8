import type { MeterOnHand } from '../meter.ts'
import { isPlausible, type Judged, judge, type ReadingFacts } from './judge.ts'
import type { Entry } from './parse.ts'

/**
 * Judges readings given together, in the order of `entries`, and finds water values that were exchanged (hot for cold, or between two meters of
 * one kind): `W_SWAP` stands on both, with the values to put in, beside a refusal too. An entry of a meter that is not on hand is closed.
 */
export function judgeAll(entries: Entry[], meters: MeterOnHand[], facts: ReadingFacts): Judged[] {
  const judged = entries.map((entry): Judged & { meter?: MeterOnHand } => {
    const meter = meters.find(({ id }) => id === entry.meterId)
    return meter ? { ...judge(entry, meter, facts), meter } : { entry, refusal: { code: 'E_METER_CLOSED' }, doubts: [] }
  })
  const swaps = swapsAmong(judged, entries, facts)
  return judged.map(({ meter: _, ...one }, index) => {
    const other = swaps.get(index)
    const values = other === undefined ? undefined : judged[other]?.entry
    return values
      ? { ...one, doubts: [...one.doubts, { code: 'W_SWAP', withMeterId: values.meterId, values: values.values }] }
      : one
  })
}

function swapsAmong(
  judged: (Judged & { meter?: MeterOnHand })[],
  entries: Entry[],
  facts: ReadingFacts,
): Map<number, number> {
  const swaps = new Map<number, number>()
  for (const [index, one] of judged.entries()) {
    if (swaps.has(index) || !one.meter || !isWater(one.meter)) continue
    const partner = judged.findIndex((other, at) => {
      if (at <= index || swaps.has(at) || !one.meter || !other.meter || !isWater(other.meter)) return false
      const [own, theirs] = [entries[index]?.values ?? [], entries[at]?.values ?? []]
      const wrongNow = !isPlausible(own, one.meter, facts) || !isPlausible(theirs, other.meter, facts)
      // Without previous readings any value is plausible, and an exchange proves nothing.
      const known = one.meter.previous !== undefined && other.meter.previous !== undefined
      return wrongNow && known && isPlausible(theirs, one.meter, facts) && isPlausible(own, other.meter, facts)
    })
    if (partner >= 0) {
      swaps.set(index, partner)
      swaps.set(partner, index)
    }
  }
  return swaps
}

function isWater(meter: MeterOnHand): boolean {
  return meter.zones === 1 && (meter.service === 'HVS' || meter.service === 'GVS')
}
