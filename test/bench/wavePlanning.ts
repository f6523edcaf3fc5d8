import { wavesOf } from '../../src/domain/reminders/waves.ts'
import { makeBigTown } from '../../src/exchange/bigTown.ts'
import { readConfig } from '../../src/infra/config.ts'
import { type Database, sqlOn } from '../../src/infra/database.ts'
import { wavePlanner } from '../../src/notices/planWave.ts'
import { beginWave } from '../../src/notices/waveRows.ts'
import { testClock } from '../support/clock.ts'

/** An hour after the first wave of readings in November has begun. */
export const waveDay = '2026-11-20'
const instant = `${waveDay}T07:00:00Z`

export interface Planning {
  residents: number
  townSeconds: number
  seconds: number
  mostMegabytes: number
  notices: number
  /** What a second run over all residents has added. */
  again: number
  againSeconds: number
}

/** Makes a town in an empty database and plans one wave of it, twice. */
export async function planBigWave(database: Database, residents: number): Promise<Planning> {
  const sql = sqlOn(database)
  const clock = testClock(instant)
  const { rules } = readConfig({})
  const townFrom = performance.now()
  await makeBigTown(sql, { accounts: residents, now: clock.now(), today: waveDay })
  // As autovacuum leaves the tables of a town that was not made a moment ago.
  await database.pool.query('VACUUM (ANALYZE)')
  await database.pool.query('CHECKPOINT')
  const townSeconds = (performance.now() - townFrom) / 1_000
  const [wave] = wavesOf(waveDay, rules)
  if (!wave) throw new Error('a wave of readings')
  await beginWave(sql, wave, clock.now())
  const planner = wavePlanner({ database, clock, rules })
  let mostBytes = 0
  const watched = setInterval(() => {
    mostBytes = Math.max(mostBytes, process.memoryUsage.rss())
  }, 50)
  const planned = async (): Promise<number> => {
    const from = performance.now()
    await planner(wave.id, () => false)
    return (performance.now() - from) / 1_000
  }
  const counted = async () => Number((await database.pool.query('SELECT count(*) FROM notice')).rows[0].count)
  const seconds = await planned()
  const notices = await counted()
  await sql('again', 'UPDATE wave SET cursor = NULL, planned_at = NULL', [])
  const againSeconds = await planned()
  clearInterval(watched)
  return {
    ...{ residents, townSeconds, seconds, notices, againSeconds },
    again: (await counted()) - notices,
    mostMegabytes: mostBytes / 1_048_576,
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
