import type { Sql } from '../infra/database.ts'

/** How far a mailing has come. Of those `planned` so many are left, were shown it, have blocked us, could not be told otherwise, or had nothing to be told. */
export interface WaveReport {
  id: string
  state: 'running' | 'paused' | 'stopped' | 'done'
  dueAt: Date
  isPlanned: boolean
  planned: number
  left: number
  onTheWay: number
  shown: number
  blocked: number
  failed: number
  dropped: number
}

/** The latest mailings, the newest first, or the one of this id. Reminders of a day that concerned nobody are left out. */
export function waveReports(
  sql: Sql,
  { id, limit = 20 }: { id?: string | undefined; limit?: number } = {},
): Promise<WaveReport[]> {
  return sql(
    'wave.reports',
    `SELECT w.id, w.state, w.due_at AS "dueAt", w.planned_at IS NOT NULL AS "isPlanned", w.planned,
            coalesce(sum(n.count) FILTER (WHERE n.state = 'planned'), 0)::int AS left,
            coalesce(sum(n.count) FILTER (WHERE n.state IN ('told', 'waiting')), 0)::int AS "onTheWay",
            coalesce(sum(n.count) FILTER (WHERE n.state = 'shown'), 0)::int AS shown,
            coalesce(sum(n.count) FILTER (WHERE n.state = 'failed' AND n.failure = 'NOBODY'), 0)::int AS blocked,
            coalesce(sum(n.count) FILTER (WHERE n.state = 'failed' AND n.failure IS DISTINCT FROM 'NOBODY'), 0)::int AS failed,
            coalesce(sum(n.count) FILTER (WHERE n.state = 'dropped'), 0)::int AS dropped
     FROM wave w LEFT JOIN LATERAL (
       SELECT state, failure, count(*) AS count FROM notice WHERE wave = w.id GROUP BY 1, 2
     ) n ON true
     WHERE CASE WHEN $1::text IS NULL THEN w.id NOT LIKE 'preview:%' AND (w.kind = 'news' OR w.planned > 0 OR w.planned_at IS NULL) ELSE w.id = $1 END
     GROUP BY w.id ORDER BY w.due_at DESC, w.id LIMIT $2`,
    [id ?? null, limit],
  )
}

/** What followed: how many said or pressed something in that chat within a day, and how many gave readings through the bot within three. */
export async function whatFollowed(sql: Sql, id: string): Promise<{ answered: number; readings: number }> {
  const [row] = await sql<{ answered: number; readings: number }>(
    'wave.followed',
    `SELECT count(n.answered_at)::int AS answered,
            count(*) FILTER (WHERE EXISTS (
              SELECT FROM reading r WHERE r.resident_id = n.resident_id AND r.source IN ('telegram', 'vk', 'photo')
                AND r.submitted_at >= n.told_at AND r.submitted_at < n.told_at + interval '3 days'))::int AS readings
     FROM notice n WHERE n.wave = $1 AND n.state = 'shown'`,
    [id],
  )
  return row ?? { answered: 0, readings: 0 }
}
