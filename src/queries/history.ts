import { createHash } from 'node:crypto'
import { type MonthlyDial, mostMonths } from '../domain/consumption.ts'
import type { LocalDate } from '../domain/localDate.ts'
import type { Meter } from '../domain/meter.ts'
import { addPeriods, type Period, periodOf } from '../domain/period.ts'
import type { ChatId } from '../engine/event.ts'
import type { Sql } from '../infra/database.ts'
import { dial, type MeterColumns, meterColumns, meterOf, meterOrder, monthlyDials } from './columns.ts'

/**
 * A meter with the readings that count, the earliest first. `version` is another one whenever anything of this is: what was drawn
 * of one version need not be drawn again.
 */
export interface MeterWithPast extends Meter {
  dials: MonthlyDial[]
  version: string
}

/**
 * The meters of an account in the order in which readings are asked for; then those taken out within the time that is shown.
 * Readings reach back far enough to count the first month from.
 */
export async function metersWithPast(sql: Sql, accountId: number, present: Period): Promise<MeterWithPast[]> {
  const from = addPeriods(present, -mostMonths)
  const rows = await sql<PastRow>('queries.history', statement, [accountId, addPeriods(from, -12), from])
  return rows.map(withPast)
}

/** Whether the person in a chat may see an account at this moment, as far as that version of the consent speaks of what is shown. */
export async function maySee(sql: Sql, chat: ChatId, accountId: number, consent = 1): Promise<boolean> {
  const rows = await sql(
    'queries.maySee',
    `SELECT 1 FROM conversation c
     JOIN link l ON l.resident_id = c.resident_id AND l.account_id = $2 AND l.removed_at IS NULL
     JOIN account a ON a.id = l.account_id AND a.open
     WHERE c.chat = $1
       AND EXISTS (SELECT 1 FROM consent k WHERE k.resident_id = c.resident_id AND k.withdrawn_at IS NULL AND k.version >= $3)
     LIMIT 1`,
    [chat, accountId, consent],
  )
  return rows.length > 0
}

interface PastRow extends MeterColumns {
  removed_at: LocalDate | null
  last: number[]
  last_at: LocalDate | null
  dials: MonthlyDial[]
}

function withPast(row: PastRow): MeterWithPast {
  const { zones, last, last_at, dials } = row
  const cut = (values: number[]) => values.slice(0, zones)
  const own = dials.map((dial) => ({ ...dial, values: cut(dial.values) }))
  // What the billing has for a later month than any reading is a reading all the same: by paper, or by telephone.
  const newer = last_at !== null && last.length > 0 && (own.at(-1)?.period ?? '') < periodOf(last_at)
  const facts = {
    ...meterOf(row),
    ...(row.removed_at !== null && { removedAt: row.removed_at }),
    dials: newer ? [...own, { period: periodOf(last_at), values: cut(last), readAt: last_at }] : own,
  }
  const version = createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 16)
  return { ...facts, version }
}

const statement = `
SELECT ${meterColumns}, m.removed_at::text, m.last_at::text,
       ${dial('m.last_t')} AS last,
       coalesce(past.dials, '[]') AS dials
FROM meter m
CROSS JOIN LATERAL (
  SELECT ${monthlyDials} AS dials
  FROM reading r WHERE r.meter_id = m.id AND r.period >= $2 AND r.status NOT IN ('superseded', 'rejected')
) past
WHERE m.account_id = $1 AND (m.removed_at IS NULL OR m.removed_at::text >= $3)
ORDER BY m.removed_at IS NOT NULL, ${meterOrder}`
