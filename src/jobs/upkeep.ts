import type { Clock } from '../infra/clock.ts'
import type { Database } from '../infra/database.ts'

const day = 86_400_000

/** Forgets what has been kept long enough: seen events after 7 days, what was said after 30, spent counters of attempts. */
export function upkeep({ pool }: Database, clock: Clock) {
  const before = (days: number) => new Date(clock.now().getTime() - days * day)
  return async (): Promise<void> => {
    await pool.query('DELETE FROM seen WHERE at < $1', [before(7)])
    await pool.query(`DELETE FROM outbox WHERE created_at < $1`, [before(30)])
    await pool.query('DELETE FROM delivery WHERE at < $1', [before(30)])
    await pool.query('DELETE FROM attempt WHERE expire < $1', [clock.now().getTime()])
  }
}
