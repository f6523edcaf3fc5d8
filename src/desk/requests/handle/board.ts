import { addDays } from '../../../domain/localDate.ts'
import { type Answered, done, type Turn } from '../../handle/turn.ts'
import { boardLines, openRequests } from '../board.ts'
import { todayIn } from '../naming.ts'

/** `/requests`: what is open, the most urgent first; `/overdue`: what should have been answered before today. */
export async function board({ sql, now, rules, linkTo }: Turn, which: 'open' | 'overdue'): Promise<Answered> {
  const today = todayIn(now, rules)
  const found = await openRequests(sql, which === 'overdue' ? addDays(today, -1) : undefined)
  if (found.length === 0) return done(`desk.request.board.none.${which}`)
  return done(`desk.request.board.${which}`, { count: found.length, lines: boardLines(found, today, linkTo) })
}
