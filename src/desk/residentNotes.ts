import { text } from '../engine/text.ts'
import type { Sql } from '../infra/database.ts'
import { post } from './writing.ts'

// What staff are told of a resident besides his words.

/** His messenger lets us write to him no more, or again. */
export const noteBlocked = (sql: Sql, topicId: number, isBlocked: boolean, now: Date): Promise<void> =>
  post(sql, topicId, { kind: 'say', text: text(isBlocked ? 'desk.resident.blocked' : 'desk.resident.unblocked') }, now)

/** What he thinks of the talk. */
export const noteRating = (sql: Sql, topicId: number, said: { rating: number } | { words: string }, now: Date) =>
  post(
    sql,
    topicId,
    {
      kind: 'say',
      text: 'rating' in said ? text('desk.resident.rated', said) : text('desk.resident.ratedInWords', said),
    },
    now,
  )

/** He has said which account his question is about; the card shows it. */
export const noteAccount = (sql: Sql, topicId: number, now: Date): Promise<void> =>
  post(sql, topicId, { kind: 'say', text: text('desk.resident.accountNamed') }, now)
