import type { LocalDate } from '../domain/localDate.ts'
import type { ReminderKind } from '../domain/reminders/kinds.ts'
import { type EffectContext, residentOf } from './context.ts'

/** What a resident says of a kind of reminder: `off` and `on`, or none before a day. What was planned of it for that time is not told either. */
export async function chooseReminders(
  context: EffectContext,
  { kind, want }: { kind: ReminderKind; want: 'on' | 'off' | { from: LocalDate } },
): Promise<void> {
  const { sql, now } = context
  await sql(
    'reminders.choose',
    `INSERT INTO reminder_choice (resident_id, kind, is_off, muted_until, changed_at) VALUES ($1::uuid, $2, $3, $4::date, $5)
     ON CONFLICT (resident_id, kind) DO UPDATE
     SET is_off = excluded.is_off, muted_until = excluded.muted_until, changed_at = excluded.changed_at`,
    [residentOf(context), kind, want === 'off', typeof want === 'object' ? want.from : null, now],
  )
}
