import type { LocalDate } from '../domain/localDate.ts'
import type { Sql } from '../infra/database.ts'
import type { Whom } from './reminders/whom.ts'

/** A wave that is being planned: up to where. */
export interface WaveToPlan {
  id: string
  kind: string
  about: string
  dueAt: Date
  body: unknown
  cursor: string | null
}

/** Begins a wave, once. */
export async function beginWave(
  sql: Sql,
  { id, kind, about, dueAt }: Omit<WaveToPlan, 'cursor' | 'body'>,
  now: Date,
): Promise<void> {
  await sql(
    'wave.begin',
    `INSERT INTO wave (id, kind, about, state, due_at, created_at) VALUES ($1, $2, $3, 'running', $4, $5) ON CONFLICT DO NOTHING`,
    [id, kind, about, dueAt, now],
  )
}

/** Waves that are to be planned further. */
export function wavesToPlan(sql: Sql): Promise<WaveToPlan[]> {
  return sql(
    'wave.toPlan',
    `SELECT id, kind, about, due_at AS "dueAt", body, cursor FROM wave
     WHERE state IN ('running', 'paused') AND planned_at IS NULL ORDER BY due_at, id`,
    [],
  )
}

export async function waveToPlan(sql: Sql, id: string): Promise<WaveToPlan | undefined> {
  return (await wavesToPlan(sql)).find((wave) => wave.id === id)
}

/**
 * Plans the notices of the next residents in one statement: those who have consented, want such reminders today, can be written to and are
 * concerned. Each in the chat in which he was last. Answers whether there are more; the same page planned twice, or by two at once, adds nothing.
 */
export async function planPage(
  sql: Sql,
  wave: Omit<WaveToPlan, 'body'> & { noticesOf: string; dialog: string },
  whom: Whom,
  { now, today, size }: { now: Date; today: LocalDate; size: number },
): Promise<boolean> {
  const { id, kind, about, dueAt, cursor, noticesOf, dialog } = wave
  const [page] = await sql<{ looked: number }>(
    `wave.page.${kind}`,
    `WITH page AS (SELECT r.id FROM resident r WHERE r.id > $1::uuid ORDER BY r.id LIMIT $2),
     added AS (
       INSERT INTO notice (id, resident_id, kind, dialog, about, wave, chat, due_at, created_at, changed_at)
       SELECT $4 || ':' || p.id, p.id, $5, '${dialog}', $6, $3, c.chat, $7, $8, $8
       FROM page p
       CROSS JOIN LATERAL (
         SELECT c.chat FROM conversation c WHERE c.resident_id = p.id AND c.blocked_at IS NULL ORDER BY c.updated_at DESC LIMIT 1
       ) c
       WHERE EXISTS (SELECT FROM consent k WHERE k.resident_id = p.id AND k.withdrawn_at IS NULL)
         AND NOT EXISTS (SELECT FROM reminder_choice o WHERE o.resident_id = p.id AND o.kind = $5 AND (o.is_off OR o.muted_until > $9::date))
         AND ${whom.where}
       ON CONFLICT (id) DO NOTHING RETURNING 1
     ), told AS (
       SELECT (SELECT count(*) FROM page)::int AS looked, (SELECT count(*) FROM added)::int AS planned,
              (SELECT p.id FROM page p ORDER BY p.id DESC LIMIT 1) AS last
     ), moved AS (
       UPDATE wave w SET cursor = coalesce(t.last, w.cursor), looked = w.looked + t.looked, planned = w.planned + t.planned,
         planned_at = CASE WHEN t.looked < $2 THEN $8::timestamptz END
       FROM told t WHERE w.id = $3 AND coalesce(w.cursor, '${beforeAll}') = $1::uuid AND w.planned_at IS NULL
     )
     SELECT looked FROM told`,
    [cursor ?? beforeAll, size, id, noticesOf, kind, about, dueAt, now, today, ...whom.values],
  )
  return (page?.looked ?? 0) === size
}

const beforeAll = '00000000-0000-0000-0000-000000000000'

/** Waves of which nobody is left to be told are over. */
export async function finishWaves(sql: Sql, now: Date): Promise<void> {
  await sql(
    'wave.finish',
    `UPDATE wave w SET state = 'done', finished_at = $1
     WHERE w.state = 'running' AND w.planned_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM notice n WHERE n.wave = w.id AND n.state IN ('planned', 'waiting', 'told'))`,
    [now],
  )
}
