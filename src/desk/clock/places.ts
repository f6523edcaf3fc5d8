import { expectedWait } from '../../domain/queuePace.ts'
import { type Sql, sqlOn } from '../../infra/database.ts'
import { deskPace, queued } from '../../queries/deskPace.ts'
import { type ClockDeps, minutesAfter } from './deps.ts'

/**
 * Has everybody who waits in the chat shown his place anew when it, or the minutes told with it, have changed: at most once a minute each, and not
 * while the former is still on its way. `lastCall`:
 * the moment from which on residents are told whether they are answered today; whoever was shown his place before is shown it anew.
 * Answers how many.
 */
export async function showPlaces(deps: ClockDeps, lastCall: Date | undefined): Promise<number> {
  const { database, clock, rules } = deps
  const sql = sqlOn(database)
  const now = clock.now()
  const waiting = await changeable(sql, now)
  if (waiting.length === 0) return 0
  const pace = await deskPace(sql, now, rules)
  const stale = waiting
    .map((one) => ({ ...one, minutes: expectedWait({ ...pace, place: one.place }) ?? null }))
    .filter(
      ({ place, minutes, shownPlace, shownMinutes, shownAt }) =>
        place !== shownPlace || minutes !== shownMinutes || (lastCall && lastCall <= now && shownAt < lastCall),
    )
  if (stale.length === 0) return 0
  const told = await sql(
    'places.tell',
    `WITH places AS (SELECT * FROM unnest($2::uuid[], $3::int[], $4::int[]) AS p(id, place, minutes)),
     picked AS (
       SELECT h.id, p.place, p.minutes FROM places p JOIN hand_off h ON h.id = p.id
       WHERE h.state = 'waiting' AND NOT h.patient AND NOT h.morning AND coalesce(h.shown_place_at, h.queued_at) <= $5
         AND NOT EXISTS (
           SELECT FROM desk_line l WHERE l.hand_off_id = h.id AND l.body->>'kind' IN ('place', 'queued') AND (l.state = 'pending' OR l.at > $5))
       FOR NO KEY UPDATE OF h SKIP LOCKED),
     shown AS (
       UPDATE hand_off h SET shown_place = p.place, shown_minutes = p.minutes, shown_place_at = $1 FROM picked p WHERE h.id = p.id
       RETURNING h.id, p.place)
     INSERT INTO desk_line (hand_off_id, author, state, body, at)
     SELECT id, 'desk', 'pending', '{"kind":"place"}', $1 FROM shown ORDER BY place RETURNING 1`,
    [
      now,
      stale.map(({ id }) => id),
      stale.map(({ place }) => place),
      stale.map(({ minutes }) => minutes),
      minutesAfter(now, -1),
    ],
  )
  return told.length
}

interface Waiting {
  id: string
  place: number
  shownPlace: number | null
  shownMinutes: number | null
  shownAt: Date
}

/** Those whose place was last shown a minute ago or longer. */
const changeable = (sql: Sql, now: Date): Promise<Waiting[]> =>
  sql<Waiting>(
    'places.changeable',
    `WITH ${queued}
     SELECT h.id, q.place, h.shown_place AS "shownPlace", h.shown_minutes AS "shownMinutes", coalesce(h.shown_place_at, h.queued_at) AS "shownAt"
     FROM queued q JOIN hand_off h ON h.id = q.id WHERE coalesce(h.shown_place_at, h.queued_at) <= $1 ORDER BY q.place`,
    [minutesAfter(now, -1)],
  )
