import type { LocalDate } from '../domain/localDate.ts'
import type { Sql } from '../infra/database.ts'

/** `until`: the day from which they are wanted again; none when they are switched off. */
export interface UnwantedReminder {
  kind: string
  until?: LocalDate
}

export async function unwantedReminders(sql: Sql, residentId: string, today: LocalDate): Promise<UnwantedReminder[]> {
  const rows = await sql<{ kind: string; until: LocalDate | null }>(
    'queries.unwantedReminders',
    `SELECT kind, CASE WHEN NOT is_off THEN muted_until::text END AS until FROM reminder_choice
     WHERE resident_id = $1::uuid AND (is_off OR muted_until > $2::date)`,
    [residentId, today],
  )
  return rows.map(({ kind, until }) => ({ kind, ...(until !== null && { until }) }))
}
