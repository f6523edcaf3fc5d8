import { type EffectContext, residentOf } from './context.ts'

/** Withdraws consent: accounts are unlinked at once. What the billing was already given stays there under its own law. */
export async function withdrawConsent(context: EffectContext, _: Record<string, never>): Promise<void> {
  const { tx, now } = context
  const residentId = residentOf(context)
  await tx.consent.updateMany({ where: { residentId, withdrawnAt: null }, data: { withdrawnAt: now } })
  await tx.link.updateMany({ where: { residentId, removedAt: null }, data: { removedAt: now } })
}
