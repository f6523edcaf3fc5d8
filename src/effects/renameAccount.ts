import { isNamed } from '../domain/accountName.ts'
import { type EffectContext, residentOf } from './context.ts'

/**
 * Gives a linked account the resident's own name for it, or takes the name away (`name` is null). `taken`: another of his accounts is
 * called so; in which case letters are does not matter.
 */
export async function renameAccount(
  context: EffectContext,
  { accountId, name }: { accountId: number; name: string | null },
): Promise<{ kind: 'renamed' | 'taken' | 'notLinked' }> {
  const { sql } = context
  const residentId = residentOf(context)
  // Two chats of one resident could take one name at once: he is asked for himself.
  const own = await sql<{ account_id: number; name: string | null }>(
    'link.names',
    'SELECT account_id, name FROM link WHERE resident_id = $1 AND removed_at IS NULL ORDER BY id FOR UPDATE',
    [residentId],
  )
  if (!own.some((one) => one.account_id === accountId)) return { kind: 'notLinked' }
  const sameName = own.some((one) => one.account_id !== accountId && name !== null && isNamed(name, one.name ?? ''))
  if (sameName) return { kind: 'taken' }
  await sql(
    'link.rename',
    'UPDATE link SET name = $3 WHERE resident_id = $1 AND account_id = $2 AND removed_at IS NULL',
    [residentId, accountId, name],
  )
  return { kind: 'renamed' }
}
