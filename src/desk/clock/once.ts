import type { LocalDate } from '../../domain/localDate.ts'
import type { Sql } from '../../infra/database.ts'

/** Marks that something of a day is done, in the transaction that does it; false when it was done before. */
export async function once(sql: Sql, day: LocalDate, what: string, now: Date): Promise<boolean> {
  const marked = await sql(
    'once.mark',
    'INSERT INTO desk_clock (date, what, at) VALUES ($1::date, $2, $3) ON CONFLICT DO NOTHING RETURNING 1',
    [day, what, now],
  )
  return marked.length > 0
}

export async function isDone(sql: Sql, day: LocalDate, what: string): Promise<boolean> {
  const found = await sql('once.find', 'SELECT 1 FROM desk_clock WHERE date = $1::date AND what = $2', [day, what])
  return found.length > 0
}

/** Forgets what was done of the days before one. */
export async function forget(sql: Sql, before: LocalDate): Promise<void> {
  await sql('once.forget', 'DELETE FROM desk_clock WHERE date < $1::date', [before])
}
