import type { FileLimits } from './fileLimits.ts'
import type { RequestKind } from './states.ts'
import type { WorkCalendar } from './workingDays.ts'

/**
 * How requests are answered (domain rules, §8): within how many working days, and for how many days after its end a request can be opened again.
 * `files`: what a request takes.
 */
export interface RequestRules {
  days: AnswerDays
  calendar: WorkCalendar
  reopenDays: number
  files: FileLimits
}

/** `of`: by kind (`order`) or by kind and subject (`question.charges`); `usual` for all others. */
export interface AnswerDays {
  usual: number
  of: ReadonlyMap<string, number>
}

/** In how many working days a request of a kind is to be answered. */
export const answerDays = ({ usual, of }: AnswerDays, kind: RequestKind, subject: string | undefined): number =>
  of.get(`${kind}.${subject}`) ?? of.get(kind) ?? usual
