import { localDateOf } from '../domain/localDate.ts'
import { isWaveKind } from '../domain/reminders/kinds.ts'
import type { Rules } from '../domain/rules.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, sqlOn } from '../infra/database.ts'
import { point } from '../infra/points.ts'
import { whomOf } from './reminders/whom.ts'
import { planPage, waveToPlan } from './waveRows.ts'

const pageSize = 2_000

/**
 * Plans a wave's notices, page after page of residents, from where it was left. Stops early when `isEnough` says so. Whoever does it at the same time
 * adds nothing twice.
 */
export function wavePlanner({
  database,
  clock,
  rules,
  size = pageSize,
}: {
  database: Database
  clock: Clock
  rules: Rules
  size?: number
}) {
  const sql = sqlOn(database)
  return async (id: string, isEnough: () => boolean): Promise<void> => {
    for (;;) {
      const wave = await waveToPlan(sql, id)
      if (!wave || !isWaveKind(wave.kind) || isEnough()) return
      const now = clock.now()
      const { about } = wave
      const whom = whomOf(wave.kind, about, rules)
      const more = await planPage(sql, { ...wave, noticesOf: about }, whom, {
        ...{ now, size },
        today: localDateOf(now, rules.timeZone),
      })
      point('wave.page')
      if (!more) return
    }
  }
}
