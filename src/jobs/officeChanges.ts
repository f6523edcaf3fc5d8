import type { Rules } from '../domain/rules.ts'
import { localMoment } from '../domain/visits/slots.ts'
import { isDisplaced, moveDisplaced } from '../effects/visits/moveDisplaced.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, inTransaction, sqlOn } from '../infra/database.ts'
import type { Logger } from '../infra/logger.ts'
import { bookedFrom } from '../queries/bookings.ts'

interface Deps {
  database: Database
  clock: Clock
  rules: Rules
  log: Logger
}

/** A turn that had read the offices before they changed may book by that; it is over by this time. */
const settlingMs = 60_000
/** Whatever was overlooked all the same is found by then. */
const againMs = 3_600_000

/**
 * Moves the visits that offices no longer receive, each in a transaction of its own: cut short anywhere, the next look goes on. Offices are looked
 * at every time, bookings only when something has changed there.
 */
export function officeChanges({ database, clock, rules, log }: Deps) {
  const sql = sqlOn(database)
  let known: string | undefined
  let [changedAt, lookedAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  return async (): Promise<void> => {
    const now = clock.now()
    const present = await stateOfOffices(database)
    if (present !== known) changedAt = now.getTime()
    const isSettled = now.getTime() - changedAt > settlingMs && now.getTime() - lookedAt < againMs
    if (isSettled) return
    const bookings = await bookedFrom(sql, localMoment(now, rules).today)
    const displaced = bookings.filter((booking) => isDisplaced(booking, { now, rules }))
    for (const booking of displaced)
      await inTransaction(database, (tx) => moveDisplaced({ sql: tx, now, clock, rules }, booking))
    if (displaced.length > 0) log.info({ bookings: displaced.length }, 'offices have changed: visits are moved')
    known = present
    lookedAt = now.getTime()
  }
}

/** Changes when anything of an office does. */
async function stateOfOffices(database: Database): Promise<string> {
  const [row] = await sqlOn(database)<{ state: string }>(
    'jobs.offices',
    `SELECT md5(coalesce(string_agg(o::text, '|' ORDER BY id), '')) AS state FROM office o`,
    [],
  )
  return row?.state ?? ''
}
