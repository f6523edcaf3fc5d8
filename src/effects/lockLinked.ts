import type { Sql } from '../infra/database.ts'
import { together } from '../infra/together.ts'

/** Names the lock among PostgreSQL's advisory locks of two keys. */
const readingsLock = 1

/**
 * Whether the account is open and the resident's. Two chats of one household queue up here until the turn ends. Not at the account's row: an import may hold that for
 * minutes.
 */
export const lockLinked = together(
  async (sql: Sql, asked: readonly { residentId: string; accountId: number }[]): Promise<boolean[]> => {
    const rows = await sql<{ nth: number }>('readings.lock', statement, [
      readingsLock,
      asked.map(({ accountId }) => accountId),
      asked.map(({ residentId }) => residentId),
    ])
    const linked = new Set(rows.map(({ nth }) => nth))
    return asked.map((_, index) => linked.has(index + 1))
  },
)

/** In the order of the accounts, so that two groups wait for each other in one direction only. */
const statement = `
WITH queue AS MATERIALIZED (
  SELECT q.*, pg_advisory_xact_lock($1::int, q.account_id)::text
  FROM (SELECT * FROM unnest($2::int[], $3::uuid[]) WITH ORDINALITY AS u (account_id, resident_id, nth) ORDER BY account_id) q
)
SELECT q.nth::int
FROM queue q
JOIN account a ON a.id = q.account_id AND a.open
JOIN link l ON l.account_id = a.id AND l.resident_id = q.resident_id AND l.removed_at IS NULL`
