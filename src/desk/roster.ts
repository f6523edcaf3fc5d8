import type { Sql } from '../infra/database.ts'

export interface NewConsultant {
  /** The Telegram user id. */
  id: string
  name: string
  role: 'consultant' | 'supervisor'
}

/** Whoever is not a consultant yet, or no more, is one from now on; who is keeps his name and role. */
export async function addMissing(sql: Sql, consultants: readonly NewConsultant[], now: Date): Promise<void> {
  await sql(
    'roster.addMissing',
    `INSERT INTO consultant (id, name, role, added_at)
     SELECT id, name, role, $2::timestamptz FROM jsonb_to_recordset($1::jsonb) AS c (id text, name text, role text)
     ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(consultants), now],
  )
}
