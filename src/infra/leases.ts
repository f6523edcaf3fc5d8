import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import type { Database } from './database.ts'

export interface LeaseOptions {
  /** What is held: `telegram:<bot>`. */
  name: string
  /** Who holds it: unique to this process. */
  owner: string
  /** After how long without a sign of life another may take it; renewed three times in that. */
  seconds: number
  /**
   * Begins the work that one alone may do, and answers how to stop it. Called again each time the lease comes back. However long
   * it takes, the lease is renewed meanwhile; when it is lost or closed meanwhile, the work is stopped as soon as it has begun.
   */
  gained(): Promise<() => Promise<void>>
  /** Is told what went wrong: a renewal, `gained` or its stop. All of it is tried again. */
  failed(error: unknown): void
  clock?: Clock
}

export interface HeldLease {
  /** Stops the work, then lets the lease go. */
  close(): Promise<void>
}

/**
 * Does a piece of work for as long as this process holds the lease: exactly one process does. Who cannot renew stops his work a
 * third of the time before another may begin it. Clocks of machines that share leases have to agree to within that third.
 */
export function holdLease(database: Pick<Database, 'pool'>, options: LeaseOptions): HeldLease {
  const { name, owner, seconds, clock = systemClock } = options
  const step = (seconds * 1000) / 3
  const closing = new AbortController()
  let work: Promise<(() => Promise<void>) | undefined> | undefined
  let safeUntil = 0

  const renew = async (): Promise<void> => {
    const now = clock.now().getTime()
    if (await claimLease(database, { name, owner, now: new Date(now), until: new Date(now + seconds * 1000) })) {
      safeUntil = now + seconds * 1000 - step
      // An answer that came late renews nothing.
      if (!closing.signal.aborted && clock.now().getTime() < safeUntil) work ??= begin()
    } else {
      safeUntil = 0
    }
  }
  const begin = () =>
    options.gained().catch((error) => {
      work = undefined
      options.failed(error)
      return undefined
    })
  const stop = async (): Promise<void> => {
    const stopWork = await work
    work = undefined
    await stopWork?.()
  }
  const guarded = (doing: () => Promise<void>) => doing().catch(options.failed)

  const rested = () => pause(step, undefined, { signal: closing.signal }).catch(() => {})

  const run = async (): Promise<void> => {
    let renewing: Promise<void> | undefined
    while (!closing.signal.aborted) {
      renewing ??= guarded(renew).finally(() => {
        renewing = undefined
      })
      // A database that says nothing must not keep the work going.
      await Promise.race([renewing, rested()])
      if (clock.now().getTime() >= safeUntil) await guarded(stop)
      await rested()
    }
    await renewing
    await guarded(stop)
    await guarded(() => releaseLease(database, { name, owner }))
  }
  const running = run()
  return {
    close: async () => {
      closing.abort()
      await running
    },
  }
}

/** Takes or renews a lease; false while another holds it. */
export async function claimLease(
  { pool }: Pick<Database, 'pool'>,
  { name, owner, now, until }: { name: string; owner: string; now: Date; until: Date },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `INSERT INTO lease (name, owner, until) VALUES ($1, $2, $3)
     ON CONFLICT (name) DO UPDATE SET owner = EXCLUDED.owner, until = EXCLUDED.until
     WHERE lease.owner = EXCLUDED.owner OR lease.until <= $4`,
    [name, owner, until, now],
  )
  return rowCount === 1
}

async function releaseLease({ pool }: Pick<Database, 'pool'>, lease: { name: string; owner: string }): Promise<void> {
  await pool.query('DELETE FROM lease WHERE name = $1 AND owner = $2', [lease.name, lease.owner])
}
