import { addDays, type LocalDate, localDateOf } from './localDate.ts'
import { instantOf, opensAt, spansOf, type WorkingHours } from './workingHours.ts'

/**
 * What time it is for consultants. `open` `since` the opening (nothing when they are always there), `closedBefore` that; in a `pause` between
 * two spans of one day; or `closed` for the day.
 */
export type DeskMoment =
  | { is: 'open'; since?: Date; closedBefore?: Date }
  | { is: 'pause'; closedAt: Date }
  | { is: 'closed'; closedAt?: Date }

interface Span {
  day: LocalDate
  from: Date
  to: Date
}

/** Nobody's hours are looked for farther back. */
const daysBack = 366
/** Hours without a gap for so many spans have no opening. */
const mostTouching = 14

export function deskMoment(hours: WorkingHours, now: Date): DeskMoment {
  const today = localDateOf(now, hours.timeZone)
  const present = spansOn(hours, today).find(({ from, to }) => from <= now && now < to)
  if (!present) {
    const last = lastEndedBy(hours, now)
    if (!last) return { is: 'closed' }
    const next = opensAt(hours, now)
    const isPause = last.day === today && next !== undefined && localDateOf(next, hours.timeZone) === today
    return { is: isPause ? 'pause' : 'closed', closedAt: last.to }
  }
  let since = present.from
  for (let touching = 0; touching < mostTouching; touching++) {
    const before = lastEndedBy(hours, since)
    if (before?.to.getTime() !== since.getTime())
      return { is: 'open', since, ...(before && { closedBefore: before.to }) }
    since = before.from
  }
  return { is: 'open' }
}

/** Of a day with hours: the first opening and the last closing. */
export function dayOf(hours: WorkingHours, day: LocalDate): { opens: Date; closes: Date } | undefined {
  const spans = spansOn(hours, day)
  const [first, last] = [spans[0], spans.at(-1)]
  return first && last && { opens: first.from, closes: last.to }
}

const spansOn = (hours: WorkingHours, day: LocalDate): Span[] =>
  spansOf(hours, day).map(({ from, to }) => ({
    day,
    from: instantOf(day, from, hours),
    to: instantOf(day, to, hours),
  }))

/** The latest span that is over by an instant. */
function lastEndedBy(hours: WorkingHours, instant: Date): Span | undefined {
  const today = localDateOf(instant, hours.timeZone)
  for (let back = 0; back <= daysBack; back++) {
    const over = spansOn(hours, addDays(today, -back)).filter(({ to }) => to <= instant)
    if (over.length > 0) return over.at(-1)
  }
  return undefined
}
