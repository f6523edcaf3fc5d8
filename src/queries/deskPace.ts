import { localDateOf, startOfDay } from '../domain/localDate.ts'
import { minutesPerTalk, type Queued, type Talk } from '../domain/queuePace.ts'
import type { Rules } from '../domain/rules.ts'
import type { Sql } from '../infra/database.ts'

/** Today's real pace: what a talk takes of a consultant's time, and how many are on shift. */
export async function deskPace(
  sql: Sql,
  now: Date,
  { desk, timeZone }: Pick<Rules, 'desk' | 'timeZone'>,
): Promise<Omit<Queued, 'place'>> {
  const today = startOfDay(localDateOf(now, timeZone), timeZone)
  const talks = await sql<Talk>(
    'queries.deskPace.talks',
    `SELECT by, "from", until FROM hand_off_take WHERE "from" >= $1 AND until IS NOT NULL AND ended IN ('closed', 'passed')`,
    [today],
  )
  const [shift] = await sql<{ count: number }>(
    'queries.deskPace.shift',
    'SELECT count(*)::int AS count FROM consultant WHERE shift_since IS NOT NULL AND removed_at IS NULL',
    [],
  )
  return { minutesPerTalk: minutesPerTalk(talks, desk.talkMinutes), consultants: shift?.count ?? 0 }
}

/**
 * Who waits in the chat, each with his place: whoever does not («ответьте когда сможете») is answered in between, and those of the night
 * come before. A table expression `queued (id, place)` for further statements.
 */
export const queued = `queued AS (
  SELECT id, place FROM (
    SELECT id, morning, row_number() OVER (ORDER BY queued_at, number)::int AS place
    FROM hand_off WHERE state = 'waiting' AND NOT patient
  ) everybody WHERE NOT morning
)`
