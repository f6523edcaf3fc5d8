import { nextMomentWithin } from '../domain/hours.ts'
import type { Rules } from '../domain/rules.ts'
import { leaveRequests } from '../effects/requests/leaveRequests.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, inTransaction } from '../infra/database.ts'
import { accountGone, type EndedLink } from '../notices/accountGone.ts'
import { addNotices } from '../notices/addNotice.ts'

/**
 * Ends the links to accounts that the billing has closed; their residents are told of it within the hours for mailings. Staff are
 * told where a request is about one. The accounts themselves are out of sight from the moment of the import; should one be opened again, it is
 * linked anew by whoever has it then.
 */
export function closedAccounts(database: Database, clock: Clock, { mailingHours, timeZone }: Rules) {
  return async (): Promise<void> => {
    const now = clock.now()
    const toldAt = nextMomentWithin(now, mailingHours, timeZone)
    await inTransaction(database, async (sql) => {
      const ended = await sql<EndedLink>('jobs.closedAccounts', statement, [now])
      const notices = ended.map((one) => accountGone(one, toldAt))
      await addNotices(sql, notices, now)
      if (ended.length > 0) await leaveRequests({ sql, now }, ended)
    })
  }
}

const statement = `
UPDATE link l SET removed_at = $1::timestamptz, removed_why = 'closed' FROM account a
WHERE a.id = l.account_id AND NOT a.open AND l.removed_at IS NULL
RETURNING l.id AS link, l.resident_id AS "residentId", l.account_id AS "accountId"`
