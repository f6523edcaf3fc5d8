import { laterMoment } from '../domain/readings/later.ts'
import type { Due } from '../engine/event.ts'
import type { EffectContext } from './context.ts'

/**
 * «Потом»: readings of an account are offered in this chat once more, a day later or before the window closes. Answers when (ISO);
 * nothing, and nothing is noted, when that is too late today.
 */
export async function remindLater(
  { sql, chat, now, today, rules }: EffectContext,
  { accountId }: { accountId: number },
): Promise<{ at: string | undefined }> {
  const at = laterMoment(now, today, rules)
  if (!at) return { at: undefined }
  const what: Due = { kind: 'news', dialog: 'readings', about: String(accountId) }
  await sql(
    'readings.later',
    `INSERT INTO timer (id, chat, due_at, what) VALUES ('later:' || $1::int || ':' || $2::text, $2, $3, $4::jsonb)
     ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at`,
    [accountId, chat, at, JSON.stringify(what)],
  )
  return { at: at.toISOString() }
}
