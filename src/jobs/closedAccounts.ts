import { nextMomentWithin } from '../domain/hours.ts'
import type { Rules } from '../domain/rules.ts'
import { leaveRequests } from '../effects/requests/leaveRequests.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, inTransaction } from '../infra/database.ts'

/**
 * Ends the links to accounts that the billing has closed, and leaves a timer for each chat to tell of it, within the hours for mailings. Staff are
 * told where a request is about one. The accounts themselves are out of sight from the moment of the import; should one be opened again, it is
 * linked anew by whoever has it then.
 */
export function closedAccounts(database: Database, clock: Clock, { mailingHours, timeZone }: Rules) {
  return async (): Promise<void> => {
    const now = clock.now()
    const toldAt = nextMomentWithin(now, mailingHours, timeZone)
    await inTransaction(database, async (sql) => {
      const ended = await sql<{ residentId: string; accountId: number }>('jobs.closedAccounts', statement, [
        now,
        toldAt,
      ])
      if (ended.length > 0) await leaveRequests({ sql, now }, ended)
    })
  }
}

const statement = `
WITH ended AS (
  UPDATE link l SET removed_at = $1::timestamptz, removed_why = 'closed' FROM account a
  WHERE a.id = l.account_id AND NOT a.open AND l.removed_at IS NULL
  RETURNING l.resident_id, l.account_id
), told AS (
  INSERT INTO timer (id, chat, due_at, what)
  SELECT 'gone:' || e.account_id || ':' || c.chat, c.chat, $2::timestamptz,
         jsonb_build_object('kind', 'news', 'dialog', 'accountGone', 'about', e.account_id::text)
  FROM ended e JOIN conversation c ON c.resident_id = e.resident_id
  ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at
)
SELECT resident_id AS "residentId", account_id AS "accountId" FROM ended`
