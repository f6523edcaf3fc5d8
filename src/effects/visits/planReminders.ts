import type { LocalDate } from '../../domain/localDate.ts'
import { remindersOf } from '../../domain/visits/reminders.ts'
import { addNotice } from '../../notices/addNotice.ts'
import type { EffectContext } from '../context.ts'

/**
 * Notes when a visit that has just been booked is to be reminded of, first in the chat where that was done. One that is moved or cancelled meanwhile is
 * not told of: the dialog judges again.
 */
export async function planReminders(
  { sql, now, rules }: Pick<EffectContext, 'sql' | 'now' | 'rules'>,
  id: string,
): Promise<void> {
  const [booking] = await sql<{ date: LocalDate; minute: number; chat: string; residentId: string | null }>(
    'visits.toRemind',
    `SELECT to_char(date, 'YYYY-MM-DD') AS date, minute, chat, resident_id AS "residentId" FROM booking WHERE id = $1::uuid`,
    [id],
  )
  if (!booking?.residentId) return
  const { residentId, chat } = booking
  for (const { name, at } of remindersOf(booking, now, rules)) {
    const notice = { id: `remind:${id}:${name}`, residentId, chat, dialog: 'appointment', about: `remind:${id}` }
    await addNotice(sql, { ...notice, kind: 'visit', dueAt: at }, now)
  }
}
