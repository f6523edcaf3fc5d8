import { addPeriods, isPeriod, type Period } from '../period.ts'
import type { Periods } from './periods.ts'
import { isShortYear, type Token } from './periodTokens.ts'

/** A month or a year as it was named. */
type Point = { month: number; year?: number } | { year: number }

/** A period by the names of its months and years, the last of which may have the year for both: «ноябрь–март 2026» begins in 2025. */
export function absolutePeriod(
  tokens: readonly Token[],
  present: Period,
): (Periods & { beforeThis?: true }) | undefined {
  const points = pointsIn(tokens)
  const [first, ...others] = points ?? []
  if (!first) return undefined
  const last = others.at(-1)
  if (!last) return alone(first, tokens[0]?.is === 'since', present)
  const [from, to] = isDated(last) || !isDated(first) ? endingAt(first, last, present) : beginningAt(first, last)
  return from.from <= to.to ? { from: from.from, to: to.to } : { from: to.from, to: from.to }
}

function alone(point: Point, isOpen: boolean, present: Period): Periods & { beforeThis?: true } {
  const read = isDated(point) ? dated(point) : before(point.month, present)
  const passed = addPeriods(present, -1)
  if (isOpen && read.from <= passed) return { from: read.from, to: passed }
  return { ...read, ...(!isDated(point) && read.from === addPeriods(present, -12) && { beforeThis: true }) }
}

function endingAt(first: Point, last: Point, present: Period): [Periods, Periods] {
  const to = isDated(last) ? dated(last) : before(last.month, present)
  return [isDated(first) ? dated(first) : before(first.month, addPeriods(to.to, 1)), to]
}

function beginningAt(first: Dated, last: { month: number }): [Periods, Periods] {
  const from = dated(first)
  return [from, before(last.month, addPeriods(from.from, 12))]
}

type Dated = Point & { year: number }
const isDated = (point: Point): point is Dated => point.year !== undefined

function dated(point: Dated): Periods {
  const [from, to] = 'month' in point ? [point.month, point.month] : [1, 12]
  return { from: monthOf(point.year, from), to: monthOf(point.year, to) }
}

/** The latest such month before another one. */
function before(month: number, end: Period): Periods {
  const year = Number(end.slice(0, 4))
  const same = monthOf(year, month)
  const found = same < end ? same : monthOf(year - 1, month)
  return { from: found, to: found }
}

function monthOf(year: number, month: number): Period {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
  if (!isPeriod(text)) throw new RangeError(text)
  return text
}

/** Nothing when something is left that belongs to none of them. */
function pointsIn(tokens: readonly Token[]): Point[] | undefined {
  const points: Point[] = []
  /** Whether the last point may still be told its year. */
  let isOpen = false
  for (const [index, token] of tokens.entries()) {
    const [point, next] = [points.at(-1), tokens[index + 1]]
    const undated = isOpen && point && 'month' in point && point.year === undefined ? point : undefined
    if (token.is === 'month') {
      const lone = isOpen && point && !('month' in point) && next?.is !== 'year' ? points.pop() : undefined
      points.push({ month: token.month, ...(lone?.year !== undefined && { year: lone.year }) })
    } else if (token.is === 'year' && undated) undated.year = token.year
    else if (token.is === 'year') points.push({ year: token.year })
    else if (token.is === 'point')
      points.push({ month: Number(token.period.slice(5)), year: Number(token.period.slice(0, 4)) })
    else if (token.is === 'number') {
      const isDay = next?.is === 'month' && token.number >= 1 && token.number <= 31
      if (undated && !isDay && isShortYear(token.number)) undated.year = 2000 + token.number
      else if (next?.is === 'year' && token.number >= 1 && token.number <= 12) points.push({ month: token.number })
      else if (!isDay) return undefined
    } else if (!['until', 'since', 'all', 'months', 'years'].includes(token.is)) return undefined
    isOpen = token.is !== 'until' && token.is !== 'since'
  }
  return points
}
