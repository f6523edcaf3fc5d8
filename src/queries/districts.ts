import type { Sql } from '../infra/database.ts'

/** A resident's linked accounts that the billing has told the district of, in the order in which he linked them. */
export interface AccountDistrict {
  accountId: number
  district: string
}

export const districtsOf = (sql: Sql, residentId: string): Promise<AccountDistrict[]> =>
  sql<AccountDistrict>(
    'queries.districts',
    `SELECT a.id AS "accountId", a.district FROM link l JOIN account a ON a.id = l.account_id
     WHERE l.resident_id = $1::uuid AND l.removed_at IS NULL AND a.open AND a.district IS NOT NULL
     ORDER BY l.linked_at, a.id`,
    [residentId],
  )
