import type { Sql } from '../infra/database.ts'

/** Names the lock among PostgreSQL's advisory locks of two keys. */
const readingsLock = 1

/**
 * Whether the account is open and the resident's. Two chats of one household queue up here until the turn ends. Not at the account's row: an import may hold that for
 * minutes.
 */
export async function lockLinked(sql: Sql, residentId: string, accountId: number): Promise<boolean> {
  const rows = await sql(
    'readings.lock',
    `WITH queue AS MATERIALIZED (SELECT pg_advisory_xact_lock($1::int, $2::int)::text)
     SELECT 1 FROM queue, account a JOIN link l ON l.account_id = a.id AND l.removed_at IS NULL
     WHERE a.id = $2 AND a.open AND l.resident_id = $3::uuid`,
    [readingsLock, accountId, residentId],
  )
  return rows.length > 0
}
