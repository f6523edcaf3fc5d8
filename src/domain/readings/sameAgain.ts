import type { MeterOnHand } from '../meter.ts'
import type { Assigned, Assignment } from './order.ts'
import type { NumberToken, SameToken } from './tokens.ts'

/**
 * «Не изменилось»: the meter's previous values given again, as zero consumption is submitted (domain rules, §2). Of a meter whose
 * values for the period were given already, those: nothing that was submitted goes back to what was before.
 */
export function sameAgain(meter: MeterOnHand): Assignment {
  const standing = meter.current ?? meter.previous
  if (!standing) return { ok: false, problem: { code: 'noPrevious', meterId: meter.id } }
  return { ok: true, assigned: [{ meter, numbers: standing.values.map(asTyped) }] }
}

/** Of all meters that have a reading. */
export function allSameAgain(meters: MeterOnHand[]): Assignment {
  const [first] = meters
  const assigned = meters.flatMap((meter): Assigned[] => {
    const same = sameAgain(meter)
    return same.ok ? same.assigned : []
  })
  return assigned.length > 0 || !first ? { ok: true, assigned } : sameAgain(first)
}

/** Values and «не изменилось» without names, in the order in which the meters are shown; nothing when they do not come out even. */
export function inOrderWithSame(given: (NumberToken | SameToken)[], meters: MeterOnHand[]): Assignment | undefined {
  const assigned: Assigned[] = []
  let at = 0
  for (const meter of meters) {
    const own = given[at]?.kind === 'same' ? given.slice(at, at + 1) : given.slice(at, at + meter.zones)
    const numbers = own.flatMap((one) => (one.kind === 'number' ? [one] : []))
    if (own.length === 1 && numbers.length === 0) {
      const same = sameAgain(meter)
      if (!same.ok) return same
      assigned.push(...same.assigned)
    } else if (numbers.length === meter.zones) assigned.push({ meter, numbers })
    else return undefined
    at += own.length
  }
  return at === given.length ? { ok: true, assigned } : undefined
}

/** A known value as if it had been typed; it has no text that could be read in another way. */
export const asTyped = (value: number): NumberToken => ({
  kind: 'number',
  text: '',
  value,
  joined: false,
  spaced: false,
  serialOf: [],
})
