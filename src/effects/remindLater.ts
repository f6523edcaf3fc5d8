import { laterMoment } from '../domain/readings/later.ts'
import { addNotice } from '../notices/addNotice.ts'
import { type EffectContext, residentOf } from './context.ts'

/**
 * «Потом»: readings of an account are offered once more, a day later or before the window closes; said again, at the later time only. Answers when (ISO);
 * nothing, and nothing is noted, when that is too late today.
 */
export async function remindLater(
  context: EffectContext,
  { accountId }: { accountId: number },
): Promise<{ at: string | undefined }> {
  const { sql, chat, now, today, rules } = context
  const at = laterMoment(now, today, rules)
  if (!at) return { at: undefined }
  const [residentId, about] = [residentOf(context), String(accountId)]
  await sql(
    'readings.notYetLater',
    `DELETE FROM notice WHERE resident_id = $1::uuid AND kind = 'later' AND about = $2 AND state = 'planned'`,
    [residentId, about],
  )
  const id = `later:${residentId}:${accountId}:${at.toISOString()}`
  await addNotice(sql, { id, residentId, chat, dialog: 'readings', about, kind: 'later', dueAt: at }, now)
  return { at: at.toISOString() }
}
