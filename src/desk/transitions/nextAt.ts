import type { Rules } from '../../domain/rules.ts'
import type { HandOff } from './handOff.ts'

/** What of the rules transitions go by. */
export type OfDesk = Pick<Rules, 'desk' | 'timeZone'>

// When the clock looks at a hand-off next (`hand_off.next_at`): each state has one thing that it waits for.

/** Waiting: supervisors are told that nobody has taken it. Not for those who are called back in the morning. */
export const alarmAt = (since: Date, { desk }: OfDesk): Date => after(since, desk.alarmMinutes)

/** Taken, the resident's words unanswered `since`: the holder is reminded. */
export const remindAt = (since: Date, { desk }: OfDesk): Date => after(since, desk.remindMinutes)

/** Taken, the holder reminded just now: it goes back into the queue. Both times count from the words that want an answer. */
export const backAt = (remindedAt: Date, { desk }: OfDesk): Date =>
  after(remindedAt, Math.max(1, desk.backMinutes - desk.remindMinutes))

/** Taken, the holder having had the last word: it is closed when the resident says nothing. */
export const silenceAt = (since: Date, { desk }: OfDesk): Date => after(since, desk.silenceMinutes)

/** Whether its holder has had the last word since he has it before him (`takenAt`: taken, or back from being put off). */
export const isAnswered = ({ consultantAt, residentAt, takenAt }: HandOff): boolean =>
  consultantAt !== null && consultantAt >= residentAt && (takenAt === null || consultantAt >= takenAt)

/** What the clock does with a hand-off when its `nextAt` has come. */
export function whatIsDue(handOff: HandOff): 'alarm' | 'remind' | 'back' | 'silence' | 'endHold' | undefined {
  const { state, remindedAt } = handOff
  if (state === 'closed') return undefined
  if (state === 'waiting') return 'alarm'
  if (state === 'on_hold') return 'endHold'
  if (isAnswered(handOff)) return 'silence'
  return remindedAt === null ? 'remind' : 'back'
}

const after = (since: Date, minutes: number): Date => new Date(since.getTime() + minutes * 60_000)
