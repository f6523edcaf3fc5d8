import type { Subject } from '../../domain/deskSubjects.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import type { WorkingHours } from '../../domain/workingHours.ts'
import type { Sql } from '../../infra/database.ts'
import { type ConsultantNumbers, consultantNumbers } from './consultantNumbers.ts'
import { boundsOf, daysTable, daysValues, within } from './days.ts'
import { noRequests, type RequestNumbers, requestNumbers } from './requestNumbers.ts'

/**
 * What came of the hand-offs of a day: how many were asked for, answered for the first time, closed, and closed by the resident before anybody
 * had answered (`abandoned`). `open`: of those asked for, not over yet. `wait`: minutes to the first answer, counted from the opening where it was asked for before that; those who
 * did not wait in the chat are left out. `rating`: of those closed, 1 to 5.
 */
export interface Numbers {
  asked: number
  closed: number
  abandoned: number
  open: number
  wait?: { median: number; worst: number }
  rating?: { average: number; count: number }
}

export interface DayNumbers extends Numbers {
  day: LocalDate
  /** The subjects that there were, the most asked for first. */
  subjects: (Numbers & { subject: Subject })[]
  consultants: ConsultantNumbers[]
  requests: RequestNumbers
}

/** The numbers of each local day from one to another, both included; those of today are the ones so far. */
export async function deskNumbers(
  sql: Sql,
  { from, to, hours }: { from: LocalDate; to: LocalDate; hours: WorkingHours },
): Promise<DayNumbers[]> {
  const days = boundsOf(from, to, hours)
  const rows = await sql<Row>('report.numbers', statement, daysValues(days))
  const people = await consultantNumbers(sql, days)
  const requests = await requestNumbers(sql, days)
  return days.map(({ day }) => {
    const own = rows.filter((row) => row.day === day)
    const whole = own.find(({ subject }) => subject === null)
    return {
      day,
      ...(whole ? numbersOf(whole) : { asked: 0, closed: 0, abandoned: 0, open: 0 }),
      subjects: own.flatMap((row) => (row.subject === null ? [] : { subject: row.subject, ...numbersOf(row) })),
      consultants: people.get(day) ?? [],
      requests: requests.get(day) ?? noRequests,
    }
  })
}

const statement = `WITH ${daysTable}, facts AS (
  SELECT d.day, h.subject, ${within('h.asked_at')} AS asked, coalesce(${within('h.closed_at')}, false) AS closed,
    h.closed_by IN ('resident', 'deleted') AND h.first_answer_at IS NULL AS abandoned,
    h.state <> 'closed' AS open, h.rating,
    CASE WHEN ${within('h.first_answer_at')} AND NOT h.patient
      THEN greatest(0, extract(epoch FROM h.first_answer_at - greatest(h.asked_at, d.opens)) / 60)::float8 END AS wait
  FROM days d JOIN hand_off h ON ${within('h.asked_at')} OR ${within('h.first_answer_at')} OR ${within('h.closed_at')})
SELECT day, subject, count(*) FILTER (WHERE asked)::int AS asked, count(*) FILTER (WHERE closed)::int AS closed,
  count(*) FILTER (WHERE closed AND abandoned)::int AS abandoned,
  count(*) FILTER (WHERE asked AND open)::int AS open,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY wait) AS median, max(wait) AS worst,
  avg(rating) FILTER (WHERE closed)::float8 AS average, count(rating) FILTER (WHERE closed)::int AS ratings
FROM facts GROUP BY GROUPING SETS ((day), (day, subject)) ORDER BY day, asked DESC, subject`

interface Row {
  day: LocalDate
  subject: Subject | null
  asked: number
  closed: number
  abandoned: number
  open: number
  median: number | null
  worst: number | null
  average: number | null
  ratings: number
}

function numbersOf({ asked, closed, abandoned, open, median, worst, average, ratings }: Row): Numbers {
  return {
    ...{ asked, closed, abandoned, open },
    ...(median !== null && worst !== null && { wait: { median, worst } }),
    ...(average !== null && { rating: { average, count: ratings } }),
  }
}
