import type { LocalDate } from '../../domain/localDate.ts'
import { remindersOf } from '../../domain/visits/reminders.ts'
import type { Due } from '../../engine/event.ts'
import type { EffectContext } from '../context.ts'

/**
 * Notes when a visit that has just been booked is to be reminded of, in the chat where that was done. One that is moved or cancelled meanwhile is
 * not told of: the dialog judges again.
 */
export async function planReminders(
  { sql, now, rules }: Pick<EffectContext, 'sql' | 'now' | 'rules'>,
  id: string,
): Promise<void> {
  const [booking] = await sql<{ date: LocalDate; minute: number; chat: string }>(
    'visits.toRemind',
    `SELECT to_char(date, 'YYYY-MM-DD') AS date, minute, chat FROM booking WHERE id = $1::uuid`,
    [id],
  )
  if (!booking) return
  const what: Due = { kind: 'news', dialog: 'appointment', about: `remind:${id}` }
  for (const { name, at } of remindersOf(booking, now, rules))
    await sql(
      'visits.remind',
      `INSERT INTO timer (id, chat, due_at, what) VALUES ($1, $2, $3, $4::jsonb) ON CONFLICT (id) DO NOTHING`,
      [`remind:${id}:${name}`, booking.chat, at, JSON.stringify(what)],
    )
}
