import { localDateOf } from '../../domain/localDate.ts'
import { type Text, text } from '../../engine/text.ts'

/** An instant (ISO) as staff reads it: the hour alone when it is today's. */
export function momentText(at: string, now: Date, timeZone: string): Text {
  const isToday = localDateOf(new Date(at), timeZone) === localDateOf(now, timeZone)
  return text(isToday ? 'desk.card.today' : 'desk.card.onDay', { at })
}
