import type { DeskMoment } from '../../domain/deskMoment.ts'
import { inTransaction, type Sql, sqlOn } from '../../infra/database.ts'
import { type HandOff, lockHandOff } from '../transitions/handOff.ts'
import { remindAt, whatIsDue } from '../transitions/nextAt.ts'
import { putBack } from '../transitions/putBack.ts'
import type { ClockDeps } from './deps.ts'
import { endOfHold } from './holdEnd.ts'
import { remind } from './remind.ts'
import { silence } from './silence.ts'

/** What is done with one hand-off under its lock. `since`: the opening, when they are there and have not always been. */
export interface Duty {
  handOff: HandOff
  since: Date | undefined
  now: Date
  rules: ClockDeps['rules']
  words: ClockDeps['words']
}

/**
 * What has fallen due with hand-offs that somebody has, each in a transaction of its own that judges again. In a pause nobody is late; what was put
 * off does not come back at night. Answers how many there were.
 */
export async function doWhatIsDue(deps: ClockDeps, moment: DeskMoment): Promise<number> {
  if (moment.is === 'pause') return 0
  const since = moment.is === 'open' ? moment.since : undefined
  const { database, clock, rules, words } = deps
  const due = await sqlOn(database)<{ id: string }>(
    'due.handOffs',
    `SELECT id FROM hand_off WHERE next_at <= $1 AND state = ANY ($2::"HandOffState"[]) ORDER BY next_at, number`,
    [clock.now(), moment.is === 'open' ? ['taken', 'on_hold'] : ['taken']],
  )
  let done = 0
  for (const { id } of due)
    done += await inTransaction(database, async (sql) => {
      const handOff = await lockHandOff(sql, id)
      const now = clock.now()
      if (!handOff?.nextAt || handOff.nextAt > now) return 0
      return (await perform(sql, { handOff, since, now, rules, words })) ? 1 : 0
    })
  return done
}

async function perform(sql: Sql, duty: Duty): Promise<boolean> {
  const { handOff, since, now, rules } = duty
  switch (whatIsDue(handOff)) {
    case 'endHold':
      return endOfHold(sql, duty)
    case 'silence':
      return silence(sql, duty)
    case 'remind':
      return remind(sql, duty)
    case 'back': {
      // Reminded before they went: it begins anew with the opening.
      if (since && handOff.remindedAt && handOff.remindedAt < since) return remind(sql, duty)
      await putBack(sql, { handOff: handOff.id, why: 'silent', now, rules })
      return true
    }
    default:
      return false
  }
}

/** Nobody is late before the opening: the time to answer begins with it. Nothing when it does not matter. */
export function dueSinceOpening({ handOff, since, rules }: Duty): Date | undefined {
  if (!since) return undefined
  const due = remindAt(since, rules)
  return handOff.nextAt && handOff.nextAt < due ? due : undefined
}
