import { once } from 'node:events'
import { wavesOf } from '../../src/domain/reminders/waves.ts'
import { makeBigTown } from '../../src/exchange/bigTown.ts'
import { readConfig } from '../../src/infra/config.ts'
import { type Database, sqlOn } from '../../src/infra/database.ts'
import { beginWave } from '../../src/notices/waveRows.ts'
import { started, stopped } from './processes.ts'

export const waveDay = '2026-11-20'
/** An hour after the first wave of readings in November has begun. */
export const waveMoment = `${waveDay}T07:00:00Z`

/** What a process that plans a wave tells of it. */
export interface Planned {
  seconds: number
  mostMegabytes: number
}

export interface Planning extends Planned {
  residents: number
  townSeconds: number
  notices: number
  /** What a second run over all residents has added. */
  again: number
  againSeconds: number
}

/** Makes a town in an empty database and has one wave of it planned by a process of its own, and then by another once more. */
export async function planBigWave(database: Database, url: string, residents: number): Promise<Planning> {
  const sql = sqlOn(database)
  const { rules } = readConfig({})
  const now = new Date(waveMoment)
  const townFrom = performance.now()
  await makeBigTown(sql, { accounts: residents, now, today: waveDay })
  // As autovacuum leaves the tables of a town that was not made a moment ago.
  await database.pool.query('VACUUM (ANALYZE)')
  await database.pool.query('CHECKPOINT')
  const townSeconds = (performance.now() - townFrom) / 1_000
  const [wave] = wavesOf(waveDay, rules)
  if (!wave) throw new Error('a wave of readings')
  await beginWave(sql, wave, now)
  const planned = async (): Promise<Planned> => {
    const planner = started(new URL('planProcess.ts', import.meta.url), {
      env: { URL: url, WAVE: wave.id },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const [done] = await once(planner, 'message')
    await stopped(planner)
    return done
  }
  const counted = async () => Number((await database.pool.query('SELECT count(*) FROM notice')).rows[0].count)
  const { seconds, mostMegabytes } = await planned()
  const notices = await counted()
  await sql('again', 'UPDATE wave SET cursor = NULL, planned_at = NULL', [])
  const { seconds: againSeconds } = await planned()
  return {
    ...{ residents, townSeconds, seconds, notices, againSeconds, mostMegabytes },
    again: (await counted()) - notices,
  }
}

export function reportPlanning(figures: Planning): string {
  const { residents, townSeconds, seconds, mostMegabytes, notices, again, againSeconds } = figures
  return [
    `A wave of readings for a town of ${residents} residents (made in ${townSeconds.toFixed(0)} s):`,
    `  planned in ${seconds.toFixed(1)} s: ${notices} rows, ${Math.round(residents / seconds)} residents a second, at most ${mostMegabytes.toFixed(0)} MB of memory`,
    `  planned a second time in ${againSeconds.toFixed(1)} s: ${again} rows more`,
  ].join('\n')
}
