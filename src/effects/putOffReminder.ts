import type { LocalDate } from '../domain/localDate.ts'
import { tomorrowOf } from '../domain/reminders/again.ts'
import type { DutyKind } from '../domain/reminders/kinds.ts'
import { addNotice } from '../notices/addNotice.ts'
import { type EffectContext, residentOf } from './context.ts'

/**
 * «Завтра»: the same is told once more tomorrow in this chat, by a wave that comes by itself or by a notice of its own. Answers the day; nothing, and
 * nothing is planned, when that is too late.
 */
export async function putOffReminder(
  context: EffectContext,
  { kind, about }: { kind: DutyKind; about: string },
): Promise<{ day: LocalDate | undefined }> {
  const { sql, chat, now, today, rules } = context
  const tomorrow = tomorrowOf(kind, today, rules)
  if (!tomorrow) return { day: undefined }
  const { day, at, byWave } = tomorrow
  const residentId = residentOf(context)
  if (!byWave) {
    const id = `${about}:again:${day}:${residentId}`
    await addNotice(sql, { id, residentId, chat, dialog: 'reminders', about, kind, dueAt: at }, now)
  }
  return { day }
}
