import { dayText, type Month } from './calendar.ts'
import type { Pattern } from './meters.ts'
import type { Chance } from './random.ts'

export interface Shown {
  month: Month
  date: string
  /** What the dial shows, thousandths, zone by zone. */
  values: number[]
}

export interface Run {
  from: Month
  to: Month
  /** How many people live there. */
  people: number
  /** What the first zone's dial shows at the end; by chance when it is left out. */
  endsAt?: number | undefined
  /** So many last months without a reading. */
  silentMonths?: number
}

/** A meter's readings month by month, with a forgotten month here and there. */
export function history(pattern: Pattern, run: Run, by: Chance): Shown[] {
  const step = 10 ** (3 - pattern.decimals)
  const months = Array.from({ length: run.to - run.from + 1 }, (_, index) => run.from + index)
  const used = months.map((month) => pattern.monthly.map((typical) => use(pattern, typical, month, run.people, by)))
  const total = (zone: number) => used.reduce((sum, each) => sum + (each[zone] ?? 0), 0)
  const dial = pattern.monthly.map((typical, zone) =>
    zone === 0 && run.endsAt !== undefined ? run.endsAt - total(0) : typical * by.between(8, 90),
  )
  const shown: Shown[] = []
  months.forEach((month, index) => {
    used[index]?.forEach((volume, zone) => {
      dial[zone] = (dial[zone] ?? 0) + volume
    })
    const date = dayText(month, by.between(14, 25))
    const forgotten = month > run.to - (run.silentMonths ?? 0) || (month < run.to && by.oneIn(10))
    if (!forgotten) shown.push({ month, date, values: dial.map((value) => Math.floor(value / step) * step) })
  })
  return shown
}

/** The monthly average of the last six months with all zones together; undefined while the history is shorter than that. */
export function averageOfSix(shown: readonly Shown[]): number | undefined {
  const last = shown.at(-1)
  const before = last && shown.findLast((each) => each.month <= last.month - 6)
  if (!last || !before) return undefined
  const sum = (each: Shown) => each.values.reduce((total, value) => total + value, 0)
  return Math.round((sum(last) - sum(before)) / (last.month - before.month))
}

function use(pattern: Pattern, typical: number, month: Month, people: number, by: Chance): number {
  const household = pattern.service === 'HEAT' ? 1 : 0.4 + people * 0.3
  const season = pattern.service === 'HEAT' ? heatingSeason(month) : 1
  return Math.round((typical * household * season * by.between(75, 125)) / 100)
}

/** Heat flows from October to April. */
const heatingSeason = (month: Month) => [1.6, 1.5, 1.2, 0.6, 0, 0, 0, 0, 0, 0.5, 1, 1.4][month % 12] ?? 0
