import type { Input } from './event.ts'
import type { State } from './state.ts'
import { isFromResident } from './summons.ts'
import type { NoticeHeard } from './turn.ts'

/** What is said or pressed later than this after a notice is no answer to it. */
const answeredWithinMs = 24 * 3_600_000

/**
 * Whether what came answers the notice that was told last in the chat: the first thing that its resident says or presses there within a day. Answers what
 * became of notices by that, and the state that waits for an answer to what this turn tells.
 */
export function answered(
  { input, before, after, now }: { input: Input; before: State; after: State; now: Date },
  heard: readonly NoticeHeard[],
): { state: State; notices: readonly NoticeHeard[] } {
  const last = before.unanswered
  const isAnswer = isFromResident(input)
  const isInTime = last !== undefined && now.getTime() - last.at < answeredWithinMs
  const told = heard.findLast(({ state }) => state === 'told')
  const unanswered = told ? { notice: told.id, at: now.getTime() } : isAnswer ? undefined : last
  return {
    state: unanswered === after.unanswered ? after : { ...after, unanswered },
    notices: last && isAnswer && isInTime ? [...heard, { id: last.notice, state: 'answered' }] : heard,
  }
}
