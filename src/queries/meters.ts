import { type MonthlyDial, ownAverage } from '../domain/consumption.ts'
import type { LocalDate } from '../domain/localDate.ts'
import type { MeterOnHand } from '../domain/meter.ts'
import { addPeriods, type Period } from '../domain/period.ts'
import type { Sql } from '../infra/database.ts'
import { together } from '../infra/together.ts'
import { dial, type MeterColumns, meterColumns, meterOf, meterOrder, monthlyDials } from './columns.ts'

/** `persons`: how many live in the flat, 1 when the billing does not say. Meters stand in the order in which they are asked for. */
export interface MetersOfAccount {
  meters: MeterOnHand[]
  persons: number
}

/** The meters of an account for a period; those of several that are asked for at once in one statement. Meters taken out are not among them. */
export const metersOf = together(metersOfAccounts)

async function metersOfAccounts(
  sql: Sql,
  wanted: readonly { accountId: number; period: Period }[],
): Promise<MetersOfAccount[]> {
  const rows = await sql<MeterRow>('queries.meters', statement, [
    wanted.map(({ accountId }) => accountId),
    wanted.map(({ period }) => period),
    wanted.map(({ period }) => addPeriods(period, -7)),
  ])
  return wanted.map((_, index) => {
    const own = rows.filter(({ nth }) => nth === index + 1)
    return { meters: own.map(onHand), persons: Math.max(1, own[0]?.persons ?? 1) }
  })
}

interface MeterRow extends MeterColumns {
  nth: number
  period: Period
  persons: number | null
  norm: number | null
  average6: number | null
  past: MonthlyDial[] | null
  previous: number[] | null
  previous_at: LocalDate | null
  current: number[] | null
  current_at: LocalDate | null
  current_id: string | null
  current_status: string | null
  current_wants_photo: boolean | null
}

function onHand(row: MeterRow): MeterOnHand {
  const { zones } = row
  const average6 = row.average6 ?? ownAverage(row.past ?? [], row, row.period)
  return {
    ...meterOf(row),
    ...(row.norm !== null && { norm: row.norm }),
    ...(average6 !== undefined && { average6 }),
    ...(row.previous &&
      row.previous_at !== null && { previous: { values: row.previous.slice(0, zones), readAt: row.previous_at } }),
    ...(row.current &&
      row.current_at !== null &&
      row.current_id !== null && {
        current: {
          values: row.current.slice(0, zones),
          readAt: row.current_at,
          readingId: row.current_id,
          status: row.current_status ?? '',
          ...(row.current_wants_photo && { wantsPhoto: true as const }),
        },
      }),
  }
}

/**
 * The previous reading is the latest of what the billing knows and what we took for earlier periods. What the billing already
 * got from us for this very period is not previous to itself. There is one reading for a period at most: LIMIT keeps the plan that finds it
 * by its key also where the table was empty when it was planned. `past`: the readings of half a year, where the billing tells no average.
 */
const statement = `
SELECT q.nth::int, q.period, a.living AS persons, ${meterColumns}, (m.norm * 1000)::float8 AS norm, (m.average6 * 1000)::float8 AS average6,
       CASE WHEN billing.newer THEN billing.values ELSE own.values END AS previous,
       CASE WHEN billing.newer THEN m.last_at::text ELSE own.read_at END AS previous_at,
       now_given.values AS current, now_given.read_at AS current_at, now_given.id AS current_id, now_given.status AS current_status,
       now_given.wants_photo AS current_wants_photo, half_year.dials AS past
FROM unnest($1::int[], $2::text[], $3::text[]) WITH ORDINALITY AS q (account_id, period, since, nth)
JOIN account a ON a.id = q.account_id
JOIN meter m ON m.account_id = a.id AND m.removed_at IS NULL
LEFT JOIN LATERAL (
  SELECT r.id, r.read_at::text, r.status::text,
         ${dial('r.t')} AS values,
         m.photo_required AND r.source <> 'import'
           AND NOT EXISTS (SELECT FROM file f WHERE f.id = ANY (r.photo_ids || r.photo_id) AND f.state <> 'refused') AS wants_photo
  FROM reading r WHERE r.meter_id = m.id AND r.period = q.period AND r.status NOT IN ('superseded', 'rejected')
  LIMIT 1
) now_given ON true
LEFT JOIN LATERAL (
  SELECT r.read_at::text, ${dial('r.t')} AS values
  FROM reading r WHERE r.meter_id = m.id AND r.period < q.period AND r.status NOT IN ('superseded', 'rejected')
  ORDER BY r.period DESC LIMIT 1
) own ON true
LEFT JOIN LATERAL (
  SELECT ${monthlyDials} AS dials
  FROM reading r WHERE r.meter_id = m.id AND r.period >= q.since AND r.period < q.period AND r.status NOT IN ('superseded', 'rejected')
) half_year ON m.average6 IS NULL
CROSS JOIN LATERAL (
  SELECT ${dial('m.last_t')} AS values,
         m.last_at IS NOT NULL AND m.last_t1 IS NOT NULL
           AND (own.read_at IS NULL OR m.last_at > own.read_at::date)
           AND (now_given.id IS NULL OR m.last_at < now_given.read_at::date) AS newer
) billing
ORDER BY q.nth, ${meterOrder}`
