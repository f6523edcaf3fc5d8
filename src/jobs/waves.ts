import { wavesAt } from '../domain/reminders/waves.ts'
import type { Rules } from '../domain/rules.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, sqlOn } from '../infra/database.ts'
import type { Queues } from '../infra/queues.ts'
import { wavePlanner } from '../notices/planWave.ts'
import { beginWave, wavesToPlan } from '../notices/waveRows.ts'
import { type Stretch, stretchAfter, stretchAt, stretchEnd } from './stretches.ts'

interface Deps {
  database: Database
  clock: Clock
  rules: Rules
  queues: Queues
}

/** Begins the waves whose time has come, and plans them: one task a wave at a time, and the next as long as there is more. */
export async function wavesJob({ database, clock, rules, queues }: Deps) {
  const sql = sqlOn(database)
  const plan = wavePlanner({ database, clock, rules })
  const work = async ({ wave, ...done }: Planning): Promise<void> => {
    if (await plan(wave, stretchEnd(clock))) await add([wave], stretchAfter(done, clock.now()))
  }
  const queue = await queues.open<Planning>('waves', work, { concurrency: 1 })
  const add = (waves: readonly string[], stretch: number) =>
    queue.add(waves.map((wave) => ({ id: `wave:${wave}:${stretch}`, data: { wave, stretch } })))
  const known = new Set<string>()
  return async (): Promise<void> => {
    const now = clock.now()
    for (const wave of wavesAt(now, rules)) {
      if (known.has(wave.id)) continue
      await beginWave(sql, wave, now)
      known.add(wave.id)
    }
    const open = await wavesToPlan(sql)
    if (open.length > 0)
      await add(
        open.map(({ id }) => id),
        stretchAt(now),
      )
  }
}

interface Planning extends Stretch {
  wave: string
}
