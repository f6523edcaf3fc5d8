import type { MeterOnHand } from '../meter.ts'
import { type Thousandths, truncateVolume } from '../volume.ts'
import type { Verdict } from './judge.ts'

/**
 * Values to offer instead of refused or high ones: without the red digit that was typed as a whole one, with the comma that was left out, the
 * previous value when its whole part was repeated, or the registers of one meter in another order. Only values that `plausible` lets pass are offered. Domain rules, §2, E_DIGITS.
 */
export function suggestionFor(
  values: Thousandths[],
  { refusal, doubts }: Verdict,
  meter: MeterOnHand,
  plausible: (values: Thousandths[]) => boolean,
): Thousandths[] | undefined {
  const previous = meter.previous?.values
  if (!previous || values.length !== meter.zones) return undefined
  if (refusal?.code === 'E_LESS') return repeatedWhole(values, previous) ?? exchanged(values).find(plausible)
  const tooBig =
    refusal?.code === 'E_DIGITS' || refusal?.code === 'E_IMPOSSIBLE' || doubts.some(({ code }) => code === 'W_HIGH')
  return tooBig ? smaller(values).find(plausible) : undefined
}

/** The registers of one meter (day and night) read in another order: every two of them exchanged. Their sum stays, so only a refusal can be cured. */
function exchanged(values: Thousandths[]): Thousandths[][] {
  return values.flatMap((one, first) =>
    values.slice(first + 1).map((other, between) => {
      const second = first + 1 + between
      return values.map((value, zone) => (zone === first ? other : zone === second ? one : value))
    }),
  )
}

/** After 412.615 a resident types 412: he means that nothing ran. Zero consumption is sent as the same value again. */
function repeatedWhole(values: Thousandths[], previous: Thousandths[]): Thousandths[] | undefined {
  const same = (value: Thousandths, zone: number) =>
    value < (previous[zone] ?? 0) && value === truncateVolume(previous[zone] ?? 0, 0)
  if (!values.every((value, zone) => value >= (previous[zone] ?? 0) || same(value, zone))) return undefined
  return values.map((value, zone) => Math.max(value, previous[zone] ?? 0))
}

/** One, two or three digits moved behind the comma, in one zone or in all of them. */
function smaller(values: Thousandths[]): Thousandths[][] {
  return [10, 100, 1000].flatMap((step) => {
    const shift = (value: Thousandths) => Math.floor(value / step)
    const inOneZone = values.map((_, zone) => values.map((value, other) => (other === zone ? shift(value) : value)))
    return values.length > 1 ? [...inOneZone, values.map(shift)] : inOneZone
  })
}
