import type { LocalDate } from '../../domain/localDate.ts'
import type { Sql } from '../../infra/database.ts'
import { type DayBounds, daysTable, daysValues, within } from './days.ts'

/** What came of requests on a day: how many `came`, were `finished` (answered, done, rejected, not ours), and were `overdue` at its end. */
export interface RequestNumbers {
  came: number
  finished: number
  overdue: number
}

export const noRequests: RequestNumbers = { came: 0, finished: 0, overdue: 0 }

export async function requestNumbers(
  sql: Sql,
  days: readonly DayBounds[],
): Promise<ReadonlyMap<LocalDate, RequestNumbers>> {
  const rows = await sql<RequestNumbers & { day: LocalDate }>('report.requests', statement, daysValues(days))
  return new Map(rows.map(({ day, ...numbers }) => [day, numbers]))
}

const statement = `WITH ${daysTable}, facts AS (
  SELECT sent_at, due_on, coalesce(answered_at, closed_at) AS over_at FROM request r WHERE r.state <> 'draft')
SELECT d.day, count(*) FILTER (WHERE ${within('f.sent_at')})::int AS came, count(*) FILTER (WHERE ${within('f.over_at')})::int AS finished,
  count(*) FILTER (WHERE f.due_on < d.day::date AND f.sent_at < d.until AND (f.over_at IS NULL OR f.over_at >= d.until))::int AS overdue
FROM days d JOIN facts f ON f.sent_at < d.until AND (f.over_at IS NULL OR f.over_at >= d.start) GROUP BY d.day`
