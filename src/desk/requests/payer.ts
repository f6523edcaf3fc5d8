import { showsPayer } from '../../domain/channelPolicy.ts'
import { firstNameOf } from '../../domain/firstName.ts'
import type { Rules } from '../../domain/rules.ts'
import type { Sql } from '../../infra/database.ts'
import type { DeskRequest } from './request.ts'

/** The first name of the payer of a request's account, while staff may see it and the account is still the resident's. */
export async function requestPayer(
  sql: Sql,
  { residentId, accountId }: DeskRequest,
  { desk: { policy } }: Pick<Rules, 'desk'>,
): Promise<string | undefined> {
  if (!showsPayer(policy)) return undefined
  const [row] = await sql<{ payer: string | null }>(
    'staffRequest.payer',
    `SELECT a.payer_name AS payer FROM link l JOIN account a ON a.id = l.account_id AND a.open
     WHERE l.resident_id = $1::uuid AND l.account_id = $2 AND l.removed_at IS NULL LIMIT 1`,
    [residentId, accountId],
  )
  return row?.payer ? firstNameOf(row.payer) : undefined
}
