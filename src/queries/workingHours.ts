import { addDays, type LocalDate, localDateOf } from '../domain/localDate.ts'
import type { Rules } from '../domain/rules.ts'
import { parseSpans, type WorkingHours } from '../domain/workingHours.ts'
import type { Sql } from '../infra/database.ts'

/** So long a change by `erc hours` may stay unseen. */
const keptMs = 5_000
/** As far as anybody looks back for the last closing. */
const daysBack = 370

/** Consultants' hours as they are known at an instant. */
export type HoursReader = (now: Date) => Promise<WorkingHours>

/** A reader of consultants' hours: days set by `erc hours` come before those of the configuration. They are read anew every few seconds. */
export function hoursReader(sql: Sql, rules: Rules): HoursReader {
  let kept: { hours: Promise<WorkingHours>; at: number } | undefined
  return async (now) => {
    const age = now.getTime() - (kept?.at ?? Number.NEGATIVE_INFINITY)
    if (kept && age >= 0 && age < keptMs) return kept.hours
    const hours = read(sql, rules, now)
    kept = { hours, at: now.getTime() }
    hours.catch(() => {
      kept = undefined
    })
    return hours
  }
}

async function read(sql: Sql, { consultantsHours, desk, timeZone }: Rules, now: Date): Promise<WorkingHours> {
  const rows = await sql<{ date: LocalDate; spans: string }>(
    'queries.workingHours',
    `SELECT to_char(date, 'YYYY-MM-DD') AS date, spans FROM desk_day WHERE date >= $1::date`,
    [addDays(localDateOf(now, timeZone), -daysBack)],
  )
  const own = rows.flatMap(({ date, spans }) => {
    const read = parseSpans(spans)
    return read ? [[date, read] as const] : []
  })
  return { timeZone, daily: consultantsHours, days: new Map([...desk.days, ...own]) }
}
