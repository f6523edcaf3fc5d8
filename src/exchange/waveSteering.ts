import type { Sql } from '../infra/database.ts'
import type { WaveReport } from './waveReport.ts'

export type Steer = 'pause' | 'resume' | 'stop'

/** Pauses a mailing, lets it go on, or stops it for good: those who are left are told nothing. Answers its state; nothing when it is over or unknown. */
export async function steerWave(
  sql: Sql,
  steer: Steer,
  id: string,
  now: Date,
): Promise<WaveReport['state'] | undefined> {
  const [wave] = await sql<{ state: WaveReport['state'] }>(
    'wave.steer',
    `WITH steered AS (
       UPDATE wave SET state = $2::"WaveState", finished_at = CASE WHEN $2 = 'stopped' THEN $3::timestamptz END
       WHERE id = $1 AND state IN ('running', 'paused') RETURNING id, state
     ), dropped AS (
       UPDATE notice n SET state = 'dropped', failure = 'STOPPED', changed_at = $3 FROM steered s
       WHERE s.state = 'stopped' AND n.wave = s.id AND n.state = 'planned'
     ) SELECT state FROM steered`,
    [id, { pause: 'paused', resume: 'running', stop: 'stopped' }[steer], now],
  )
  return wave?.state
}
