import { type EffectContext, residentOf } from './context.ts'

/** Withdraws consent: accounts are unlinked at once. What the billing was already given stays there under its own law. */
export async function withdrawConsent(context: EffectContext, _: Record<string, never>): Promise<void> {
  const { sql, now } = context
  const residentId = residentOf(context)
  await sql(
    'consent.withdraw',
    'UPDATE consent SET withdrawn_at = $2 WHERE resident_id = $1 AND withdrawn_at IS NULL',
    [residentId, now],
  )
  await sql('link.removeAll', 'UPDATE link SET removed_at = $2 WHERE resident_id = $1 AND removed_at IS NULL', [
    residentId,
    now,
  ])
}
