import { capacity, type MeterOnHand, type Service } from '../meter.ts'
import { isSpacedPair } from './grouping.ts'
import { consumption, physicalMonthlyLimit } from './limits.ts'
import type { ReadingsProblem } from './parse.ts'
import type { NumberToken } from './tokens.ts'

/** The numbers of one meter, one per zone; two for one zone when they may be one number with a space in it. */
export interface Assigned {
  meter: MeterOnHand
  numbers: NumberToken[]
}

/** `elsewhere`: services that values were given for beside these, of which the account has no meter. */
export type Assignment =
  | { ok: true; assigned: Assigned[]; elsewhere?: Service[] }
  | { ok: false; problem: ReadingsProblem }

/**
 * Gives unnamed numbers to meters in the order in which those are shown. A slash ties the registers of one meter («5012/3040»).
 * Fewer numbers than registers are given only when a single choice of meters can have shown them, else `whichMeter`.
 */
export function assignInOrder(numbers: NumberToken[], meters: MeterOnHand[]): Assignment {
  const expected = meters.reduce((sum, meter) => sum + meter.zones, 0)
  const [only, another] = meters
  if (only && !another) return assignToOne(numbers, only)
  if (numbers.length > expected) {
    const assigned = inPairs(numbers, meters)
    return assigned ? { ok: true, assigned } : refuse({ code: 'tooMany', given: numbers.length, expected })
  }
  const groups = groupsOf(numbers)
  const assigned = numbers.length === expected ? assignAll(groups, meters) : assignSome(groups, meters)
  return assigned ? { ok: true, assigned } : refuse({ code: 'whichMeter', meterIds: meters.map((meter) => meter.id) })
}

function assignToOne(numbers: NumberToken[], meter: MeterOnHand): Assignment {
  const [given, expected] = [numbers.length, meter.zones]
  if (given === expected || (expected === 1 && isSpacedPair(numbers, meter)))
    return { ok: true, assigned: [{ meter, numbers }] }
  if (given > expected) return refuse({ code: 'tooMany', meterId: meter.id, given, expected })
  return refuse({ code: 'zones', meterId: meter.id, given, expected })
}

function assignAll(groups: NumberToken[][], meters: MeterOnHand[]): Assigned[] | undefined {
  return fill(groups, meters) ?? bySlashes(groups, meters) ?? flatten(groups, meters)
}

/** «00418 950 00243 120»: the black and the red digits of every dial. */
function inPairs(numbers: NumberToken[], meters: MeterOnHand[]): Assigned[] | undefined {
  if (numbers.length !== meters.length * 2) return undefined
  const assigned = meters.map((meter, index) => ({ meter, numbers: numbers.slice(index * 2, index * 2 + 2) }))
  return assigned.every(({ meter, numbers }) => meter.zones === 1 && isSpacedPair(numbers, meter))
    ? assigned
    : undefined
}

/** Each meter takes a tied group of as many numbers as it has zones, or so many single numbers. */
function fill(groups: NumberToken[][], meters: MeterOnHand[]): Assigned[] | undefined {
  let at = 0
  const assigned: Assigned[] = []
  for (const meter of meters) {
    const tied = groups[at]
    if (!tied) return undefined
    const taken = tied.length === meter.zones ? [tied] : groups.slice(at, at + meter.zones)
    if (taken.length > 1 && taken.some((group) => group.length > 1)) return undefined
    const numbers = taken.flat()
    if (numbers.length !== meter.zones) return undefined
    assigned.push({ meter, numbers })
    at += taken.length
  }
  return at === groups.length ? assigned : undefined
}

/** Tied groups belong to the meters of several zones, wherever they stand among the single numbers. */
function bySlashes(groups: NumberToken[][], meters: MeterOnHand[]): Assigned[] | undefined {
  const tied = groups.filter((group) => group.length > 1)
  const single = groups.filter((group) => group.length === 1)
  const several = fill(
    tied,
    meters.filter((meter) => meter.zones > 1),
  )
  const others = fill(
    single,
    meters.filter((meter) => meter.zones === 1),
  )
  return several && others ? [...several, ...others] : undefined
}

/** Slashes that only separate («123/456»), as long as none of them ties numbers of a meter to a number of another one's. */
function flatten(groups: NumberToken[][], meters: MeterOnHand[]): Assigned[] | undefined {
  const numbers = groups.flatMap((group, index) => group.map((number) => ({ number, index, tied: group.length > 1 })))
  let at = 0
  const assigned: Assigned[] = []
  for (const meter of meters) {
    const taken = numbers.slice(at, at + meter.zones)
    const sameGroup = taken.every(({ index }) => index === taken[0]?.index)
    if (taken.length < meter.zones || !(sameGroup || taken.every(({ tied }) => !tied))) return undefined
    assigned.push({ meter, numbers: taken.map(({ number }) => number) })
    at += meter.zones
  }
  return at === numbers.length ? assigned : undefined
}

/** More meters than this are not tried in every combination. */
const maxTried = 12

function assignSome(groups: NumberToken[][], meters: MeterOnHand[]): Assigned[] | undefined {
  const registers = meters.reduce((sum, meter) => sum + meter.zones, 0)
  const splitAtCommas = groups.flat().reduce((sum, { text }) => sum + text.split(',').length, 0)
  // «123,456» for two meters may be their two values with a comma between.
  if (splitAtCommas === registers || meters.length > maxTried) return undefined
  const possible = subsets(meters).flatMap((subset) => {
    const assigned = fill(groups, subset) ?? flatten(groups, subset)
    return assigned?.every(canHaveShown) ? [assigned] : []
  })
  return possible.length === 1 ? possible[0] : undefined
}

function subsets(meters: MeterOnHand[]): MeterOnHand[][] {
  const found: MeterOnHand[][] = [[]]
  for (const meter of meters) for (const subset of found.slice()) found.push([...subset, meter])
  return found
}

/**
 * Whether the dial can have come from its previous position to this one. What is physically possible in one month bounds it:
 * that is years of a household's use, so no honest value falls out however long ago the previous one was taken.
 */
function canHaveShown({ meter, numbers }: Assigned): boolean {
  const limit = physicalMonthlyLimit[meter.service] ?? Number.POSITIVE_INFINITY
  return numbers.every(({ value }, zone) => {
    if (value >= capacity(meter.digits)) return false
    const previous = meter.previous?.values[zone]
    return (
      previous === undefined ||
      (consumption(previous, value, meter.digits)?.volume ?? Number.POSITIVE_INFINITY) <= limit
    )
  })
}

function groupsOf(numbers: NumberToken[]): NumberToken[][] {
  const groups: NumberToken[][] = []
  for (const number of numbers) {
    const last = groups.at(-1)
    if (number.joined && last) last.push(number)
    else groups.push([number])
  }
  return groups
}

function refuse(problem: ReadingsProblem): Assignment {
  return { ok: false, problem }
}
