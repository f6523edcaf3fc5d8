import type { LocalDate } from '../../domain/localDate.ts'
import type { Sql } from '../../infra/database.ts'
import { type DayBounds, daysTable, daysValues, within } from './days.ts'

/** What somebody did on a day. `name`: nothing for an administrator who answers from VK's own inbox. `rating`: of those he has closed. */
export interface ConsultantNumbers {
  id: string
  name?: string
  taken: number
  closed: number
  rating?: { average: number; count: number }
}

/** By day, whoever has taken the most first. */
export async function consultantNumbers(
  sql: Sql,
  days: readonly DayBounds[],
): Promise<ReadonlyMap<LocalDate, ConsultantNumbers[]>> {
  const rows = await sql<Row>('report.consultants', statement, daysValues(days))
  const byDay = new Map<LocalDate, ConsultantNumbers[]>()
  for (const { day, id, name, taken, closed, average, ratings } of rows) {
    const one = {
      ...{ id, taken, closed },
      ...(name !== null && { name }),
      ...(average !== null && { rating: { average, count: ratings } }),
    }
    byDay.set(day, [...(byDay.get(day) ?? []), one])
  }
  return byDay
}

const statement = `WITH ${daysTable}, facts AS (
  SELECT d.day, t.by, ${within('t."from"')} AS taken, coalesce(${within('t.until')} AND t.ended = 'closed', false) AS closed, h.rating
  FROM days d JOIN hand_off_take t ON ${within('t."from"')} OR ${within('t.until')} JOIN hand_off h ON h.id = t.hand_off_id)
SELECT f.day, f.by AS id, c.name, count(*) FILTER (WHERE taken)::int AS taken, count(*) FILTER (WHERE closed)::int AS closed,
  avg(rating) FILTER (WHERE closed)::float8 AS average, count(rating) FILTER (WHERE closed)::int AS ratings
FROM facts f LEFT JOIN consultant c ON c.id = f.by GROUP BY f.day, f.by, c.name ORDER BY f.day, taken DESC, c.name`

interface Row {
  day: LocalDate
  id: string
  name: string | null
  taken: number
  closed: number
  average: number | null
  ratings: number
}
