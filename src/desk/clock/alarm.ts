import { localDateOf } from '../../domain/localDate.ts'
import { text } from '../../engine/text.ts'
import { inTransaction, type Sql } from '../../infra/database.ts'
import { postInGeneral } from '../writing.ts'
import { type ClockDeps, minutesAfter } from './deps.ts'
import { mostListed } from './morning.ts'

/** So long somebody may take to come on shift. */
const nobodyMinutes = 1

interface Unanswered {
  id: string
  number: number
  waitedMs: number
}

/**
 * Tells supervisors of residents who wait in the chat and whom nobody has taken in time, or whom nobody on shift may take: all in one message, each once
 * a day, and not more often than so. `since`: the opening; nobody is late before it. Answers whether anything was said.
 */
export async function alarm(deps: ClockDeps, since: Date | undefined): Promise<boolean> {
  const { database, clock, rules, forums } = deps
  const [forum] = forums
  if (forum === undefined) return false
  return inTransaction(database, async (sql) => {
    const now = clock.now()
    const late = await unanswered(sql, { now, since: since ?? new Date(0), alarmMinutes: rules.desk.alarmMinutes })
    if (late.length === 0) return false
    const day = localDateOf(now, rules.timeZone)
    const marked = await sql(
      'alarm.mark',
      `INSERT INTO desk_clock (date, what, at) SELECT $1::date, 'alarm ' || id, $3 FROM unnest($2::text[]) AS id
       ON CONFLICT DO NOTHING RETURNING 1`,
      [day, late.map(({ id }) => id), now],
    )
    if (marked.length === 0) return false
    const { mentions, onShift } = await people(sql)
    const lines = late
      .slice(0, mostListed)
      .map(({ number, waitedMs }) =>
        text('desk.clock.waited', { number, minutes: text('desk.report.minutes', { count: wholeMinutes(waitedMs) }) }),
      )
    const more = late.length - mostListed
    const said = text(onShift > 0 ? 'desk.clock.alarm' : 'desk.clock.nobody', {
      count: late.length,
      lines: [...lines, ...(more > 0 ? [text('desk.clock.more', { count: more })] : [])],
    })
    await postInGeneral(sql, forum, { kind: 'say', text: said, mentions }, now)
    return true
  })
}

const wholeMinutes = (ms: number): number => Math.max(1, Math.floor(ms / 60_000))

const unanswered = (
  sql: Sql,
  { now, since, alarmMinutes }: { now: Date; since: Date; alarmMinutes: number },
): Promise<Unanswered[]> =>
  sql<Unanswered>(
    'alarm.unanswered',
    `WITH quiet AS (SELECT NOT EXISTS (SELECT FROM desk_clock WHERE what LIKE 'alarm %' AND at > $3) AS now)
     SELECT h.id::text, h.number, extract(epoch FROM $1::timestamptz - greatest(h.queued_at, $2))::float8 * 1000 AS "waitedMs"
     FROM hand_off h, quiet
     WHERE quiet.now AND h.state = 'waiting'
       AND (NOT h.patient AND NOT h.morning AND h.queued_at <= $3 AND $2::timestamptz <= $3 AND coalesce(h.next_at, h.queued_at) <= $1
         OR h.queued_at <= $4 AND $2::timestamptz <= $4 AND NOT EXISTS (
           SELECT FROM consultant c WHERE c.shift_since IS NOT NULL AND c.removed_at IS NULL AND c.id <> ALL (h.refused_by)))
       AND NOT EXISTS (SELECT FROM desk_clock d WHERE d.what = 'alarm ' || h.id AND d.at > $5)
     ORDER BY h.queued_at, h.number`,
    [now, since, minutesAfter(now, -alarmMinutes), minutesAfter(now, -nobodyMinutes), minutesAfter(now, -24 * 60)],
  )

async function people(sql: Sql): Promise<{ mentions: string[]; onShift: number }> {
  const all = await sql<{ id: string; role: string; onShift: boolean }>(
    'alarm.people',
    'SELECT id, role, shift_since IS NOT NULL AS "onShift" FROM consultant WHERE removed_at IS NULL ORDER BY added_at, id',
    [],
  )
  return {
    mentions: all.filter(({ role }) => role === 'supervisor').map(({ id }) => id),
    onShift: all.filter(({ onShift }) => onShift).length,
  }
}
