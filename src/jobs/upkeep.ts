import type { Clock } from '../infra/clock.ts'
import type { Database } from '../infra/database.ts'

const day = 86_400_000

/**
 * Forgets what has been kept long enough: events after 7 days; holds that came to nothing after one; what was said, what was prepared for staff and not
 * touched any more, and photos that came to no reading and no request, after 30.
 */
export function upkeep({ pool }: Database, clock: Clock) {
  const before = (days: number) => new Date(clock.now().getTime() - days * day)
  return async (): Promise<void> => {
    await pool.query('DELETE FROM seen WHERE at < $1', [before(7)])
    await pool.query(`DELETE FROM outbox WHERE created_at < $1`, [before(30)])
    await pool.query(`DELETE FROM deferred WHERE (body->>'at')::timestamptz < $1`, [before(7)])
    await pool.query(`DELETE FROM request WHERE state = 'draft' AND changed_at < $1`, [before(30)])
    await pool.query(
      `DELETE FROM file f WHERE created_at < $1 AND request_id IS NULL AND NOT EXISTS (
         SELECT FROM (SELECT unnest(photo_ids) AS id FROM reading
                      UNION ALL SELECT photo_id FROM reading WHERE photo_id IS NOT NULL
                      UNION ALL SELECT unnest(photo_ids) FROM request_draft) kept WHERE kept.id = f.id)`,
      [before(30)],
    )
    await pool.query(`DELETE FROM booking WHERE state = 'held' AND held_until < $1`, [before(1)])
    await pool.query('DELETE FROM attempt WHERE expire < $1', [clock.now().getTime()])
  }
}
