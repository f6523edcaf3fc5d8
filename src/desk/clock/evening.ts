import { inTransaction, type Sql } from '../../infra/database.ts'
import { lockHandOff } from '../transitions/handOff.ts'
import { endTake, tellResident, tellTopic } from '../transitions/telling.ts'
import { type ClockDeps, minutesAfter } from './deps.ts'

/**
 * After the hours of a day: whoever waits in the chat is called back in the morning and is told so, in the order of the queue; those who said that
 * they do not wait are promised nothing. `askedBefore`: only those who asked before that, and nobody is told: the hours have begun anew
 * while we were away. Answers how many.
 */
export async function leaveWaitingToMorning(
  { database, clock }: ClockDeps,
  askedBefore: Date | undefined,
): Promise<number> {
  return inTransaction(database, async (sql) => {
    // Topics before hand-offs, as everybody locks them; one that somebody works with is looked at a second later.
    const moved = await sql<{ id: string }>(
      'evening.waiting',
      `WITH topics AS MATERIALIZED (
         SELECT t.id FROM desk_topic t WHERE t.id IN (
           SELECT topic_id FROM hand_off WHERE state = 'waiting' AND NOT patient AND NOT morning AND queued_at < $2)
         ORDER BY t.id FOR NO KEY UPDATE SKIP LOCKED),
       moved AS (
         UPDATE hand_off h SET morning = true, next_at = NULL, shown_place = NULL, shown_place_at = NULL FROM topics t
         WHERE h.topic_id = t.id AND h.state = 'waiting' AND NOT h.patient AND NOT h.morning AND h.queued_at < $2
         RETURNING h.id, h.topic_id, h.queued_at, h.number),
       cards AS (
         UPDATE desk_topic t SET card_stale = greatest($1, t.card_stale + interval '1 millisecond') FROM moved m WHERE t.id = m.topic_id),
       titles AS (
         INSERT INTO desk_post (topic_id, body, created_at)
         SELECT topic_id, '{"kind":"title"}', $1 FROM moved ORDER BY queued_at, number),
       told AS (
         INSERT INTO desk_line (hand_off_id, author, state, body, at)
         SELECT id, 'desk', 'pending', '{"kind":"morning"}', $1 FROM moved WHERE $3 ORDER BY queued_at, number)
       SELECT id FROM moved`,
      [clock.now(), askedBefore ?? clock.now(), askedBefore === undefined],
    )
    return moved.length
  })
}

/**
 * Talks that were under way at a closing and have had their time to finish become requests: first in the morning, kept for whoever had them.
 * `isOpen`: the hours have begun anew while we were away, and it is just the queue again. Answers how many.
 */
export async function endGrace(deps: ClockDeps, closedAt: Date, isOpen: boolean): Promise<number> {
  const { database, clock, rules } = deps
  if (minutesAfter(closedAt, rules.desk.graceMinutes) > clock.now()) return 0
  const talks = await inTransaction(database, (sql) =>
    sql<{ id: string }>(
      'evening.talks',
      `SELECT id FROM hand_off WHERE state = 'taken' AND taken_at < $1 ORDER BY queued_at, number`,
      [closedAt],
    ),
  )
  for (const { id } of talks)
    await inTransaction(database, (sql) => becomeRequest(sql, { id, closedAt, isOpen, now: clock.now() }))
  return talks.length
}

async function becomeRequest(
  sql: Sql,
  { id, closedAt, isOpen, now }: { id: string; closedAt: Date; isOpen: boolean; now: Date },
): Promise<void> {
  const handOff = await lockHandOff(sql, id)
  if (handOff?.state !== 'taken' || handOff.takenAt === null || handOff.takenAt >= closedAt) return
  await endTake(sql, handOff, 'queue', now)
  await sql(
    'evening.request',
    `UPDATE hand_off SET state = 'waiting', morning = true, offered_to = taken_by, taken_by = NULL, taken_at = NULL, reminded_at = NULL,
       next_at = NULL WHERE id = $1::uuid`,
    [id],
  )
  await tellResident(sql, handOff, { kind: isOpen ? 'queued' : 'morning' }, now)
  await tellTopic(sql, handOff, now, { key: 'desk.clock.request', values: { number: handOff.number } })
}
