import { nextMomentWithin } from '../domain/hours.ts'
import type { Due } from '../engine/event.ts'
import type { EffectContext } from './context.ts'

const dayMs = 86_400_000

/** «Потом»: readings of an account are offered in this chat once more, a day later, within the hours for mailings. Answers when (ISO). */
export async function remindLater(
  { sql, chat, now, rules }: EffectContext,
  { accountId }: { accountId: number },
): Promise<{ at: string }> {
  const at = nextMomentWithin(new Date(now.getTime() + dayMs), rules.mailingHours, rules.timeZone)
  const what: Due = { kind: 'news', dialog: 'readings', about: String(accountId) }
  await sql(
    'readings.later',
    `INSERT INTO timer (id, chat, due_at, what) VALUES ('later:' || $1::int || ':' || $2::text, $2, $3, $4::jsonb)
     ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at`,
    [accountId, chat, at, JSON.stringify(what)],
  )
  return { at: at.toISOString() }
}
