import { wavesAt } from '../domain/reminders/waves.ts'
import type { Rules } from '../domain/rules.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, sqlOn } from '../infra/database.ts'
import type { Queues } from '../infra/queues.ts'
import { wavePlanner } from '../notices/planWave.ts'
import { beginWave, wavesToPlan } from '../notices/waveRows.ts'

interface Deps {
  database: Database
  clock: Clock
  rules: Rules
  queues: Queues
}

/** So long one process goes on planning before another may. */
const turnMs = 10_000

/** Begins the waves whose time has come, and plans them: one task a wave, named after a stretch of time as those of notices are. */
export async function wavesJob({ database, clock, rules, queues }: Deps) {
  const sql = sqlOn(database)
  const plan = wavePlanner({ database, clock, rules })
  const queue = await queues.open<{ wave: string }>('waves', async ({ wave }) => {
    const begun = performance.now()
    await plan(wave, () => performance.now() - begun > turnMs)
  })
  const known = new Set<string>()
  return async (): Promise<void> => {
    const now = clock.now()
    for (const wave of wavesAt(now, rules)) {
      if (known.has(wave.id)) continue
      await beginWave(sql, wave, now)
      known.add(wave.id)
    }
    const stretch = Math.floor(now.getTime() / turnMs)
    const open = await wavesToPlan(sql)
    if (open.length > 0) await queue.add(open.map(({ id }) => ({ id: `wave:${id}:${stretch}`, data: { wave: id } })))
  }
}
