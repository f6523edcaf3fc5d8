import { nextPeriod, type Period } from '../period.ts'

/** Months from one to another, both included; `from` is never the later. */
export interface Periods {
  from: Period
  to: Period
}

/** Months in a row told together, the earliest first, whatever order they came in. */
export function runsOf(periods: readonly Period[]): Periods[] {
  const runs: Periods[] = []
  for (const period of [...new Set(periods)].toSorted()) {
    const run = runs.at(-1)
    if (run && nextPeriod(run.to) === period) run.to = period
    else runs.push({ from: period, to: period })
  }
  return runs
}
