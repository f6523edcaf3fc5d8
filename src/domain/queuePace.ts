/** Somebody's having had a hand-off, from when to when. */
export interface Talk {
  by: string
  from: Date
  until: Date
}

/** Fewer tell nothing of the day. */
const fewestTalks = 3

/**
 * How many minutes of a consultant's time a talk takes today: who has several at once needs less for each. `fallback` while too
 * few have ended.
 */
export function minutesPerTalk(talks: readonly Talk[], fallback: number): number {
  if (talks.length < fewestTalks) return fallback
  const people = new Set(talks.map(({ by }) => by))
  const busyMs = [...people].reduce((sum, one) => sum + covered(talks.filter(({ by }) => by === one)), 0)
  return Math.max(1, busyMs / talks.length / 60_000)
}

/** Milliseconds in which at least one of them went on. */
function covered(talks: readonly Talk[]): number {
  let [sum, end] = [0, 0]
  for (const { from, until } of talks.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    sum += Math.max(0, until.getTime() - Math.max(from.getTime(), end))
    end = Math.max(end, until.getTime())
  }
  return sum
}

export interface Queued {
  /** 1 is next. */
  place: number
  minutesPerTalk: number
  /** Who is there and takes residents from this queue. */
  consultants: number
}

/**
 * In how many minutes a resident's turn comes, as it is told him: whole minutes up to ten, then in steps of five, from an hour on in half
 * hours, always rounded up: who is answered sooner is glad. Nothing when nobody is there: no promise can be kept then.
 */
export function expectedWait({ place, minutesPerTalk, consultants }: Queued): number | undefined {
  if (consultants < 1) return undefined
  const minutes = Math.max(1, (place * minutesPerTalk) / consultants)
  const step = minutes <= 10 ? 1 : minutes <= 60 ? 5 : 30
  return Math.ceil(minutes / step) * step
}
