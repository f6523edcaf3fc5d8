import { text } from '../../engine/text.ts'
import type { StaffAnswer } from '../channel.ts'
import { closedByHand, reopenedByHand } from './byHand.ts'
import { cameIn } from './members.ts'
import { isFirst, plainly, reply, type Turn } from './turn.ts'

/**
 * Somebody who is no consultant, or does not say who he is: he can do nothing. What he says goes nowhere and is not kept; he is told so once in
 * each topic.
 */
export async function turnAway(turn: Omit<Turn, 'who'>): Promise<StaffAnswer> {
  const { sql, event, now, spot } = turn
  const { by, input, place } = event
  const said = text(by.isAnonymous ? 'desk.handle.anonymous' : 'desk.handle.stranger')
  switch (input.kind) {
    case 'press':
      return { toast: plainly(turn, said), alert: true }
    case 'closed':
      await closedByHand(turn)
      return {}
    case 'reopened':
      await reopenedByHand(turn)
      return {}
    case 'joined':
      await cameIn(sql, event, now)
      return {}
    case 'text':
    case 'files':
    case 'location': {
      const isHere = spot !== undefined || (input.kind === 'text' && input.text.text.startsWith('/'))
      if (isHere && (await isFirst(sql, `desk:stranger:${place.forum}:${place.thread ?? ''}:${by.id}`, now)))
        await reply(turn, said)
      return {}
    }
    default:
      return {}
  }
}
