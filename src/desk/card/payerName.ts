import { showsPayer } from '../../domain/channelPolicy.ts'
import { firstNameOf } from '../../domain/firstName.ts'
import type { Rules } from '../../domain/rules.ts'
import type { Sql } from '../../infra/database.ts'

/**
 * The first name for a canned reply's `{{name}}`: that of the payer of the account a hand-off is about. Nothing when staff may not see names, when
 * the account is linked to the resident no more, or when the billing's name does not tell.
 */
export async function payerFirstName(
  sql: Sql,
  handOff: string,
  { desk: { policy } }: Pick<Rules, 'desk'>,
): Promise<string | undefined> {
  if (!showsPayer(policy)) return undefined
  const [row] = await sql<{ payer: string | null }>(
    'card.payer',
    `SELECT a.payer_name AS payer FROM hand_off h
     JOIN link l ON l.resident_id = h.resident_id AND l.account_id = h.account_id AND l.removed_at IS NULL
     JOIN account a ON a.id = h.account_id AND a.open
     WHERE h.id = $1::uuid`,
    [handOff],
  )
  return row?.payer ? firstNameOf(row.payer) : undefined
}
