import { localDateOf } from '../domain/localDate.ts'
import { isWaveKind } from '../domain/reminders/kinds.ts'
import type { Rules } from '../domain/rules.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, sqlOn } from '../infra/database.ts'
import { point } from '../infra/points.ts'
import { type NewsBody, subscribersOf } from './newsSubscribers.ts'
import { type Whom, whomOf } from './reminders/whom.ts'
import { planPage, type WaveToPlan, waveToPlan } from './waveRows.ts'

const pageSize = 2_000

/**
 * Plans a wave's notices, page after page of residents, from where it was left. Stops early when `isEnough` says so, and answers
 * whether there is more. Whoever does it at the same time adds nothing twice.
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
  return async (id: string, isEnough: () => boolean): Promise<boolean> => {
    for (;;) {
      const wave = await waveToPlan(sql, id)
      const whom = wave && whomIn(wave, rules)
      if (!wave || !whom) return false
      if (isEnough()) return true
      const now = clock.now()
      const dialog = wave.kind === 'news' ? 'news' : 'reminders'
      const more = await planPage(sql, { ...wave, noticesOf: wave.about, dialog }, whom, {
        ...{ now, size },
        today: localDateOf(now, rules.timeZone),
      })
      point('wave.page')
      if (!more) return false
    }
  }
}

/** Whom a wave concerns; nothing of a kind that another release has begun. */
function whomIn({ kind, about, body }: WaveToPlan, rules: Rules): Whom | undefined {
  if (kind === 'news') return subscribersOf(body as NewsBody)
  return isWaveKind(kind) ? whomOf(kind, about, rules) : undefined
}
