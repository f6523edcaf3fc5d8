import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Clock } from '../../src/infra/clock.ts'
import { cursor } from '../../src/infra/cursors.ts'
import type { Database } from '../../src/infra/database.ts'
import { claimLease, type HeldLease, holdLease } from '../../src/infra/leases.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

let fresh: FreshDatabase
let held: HeldLease[]
let minute: number
/** Who has begun and stopped the work, in order. */
let work: string[]

const clock: Clock = { now: () => new Date(Date.UTC(2026, 0, 1, 9, minute)), id: () => 'unused' }

beforeEach(async () => {
  fresh = await freshDatabase()
  held = []
  minute = 0
  work = []
})

afterEach(async () => {
  await Promise.all(held.map((lease) => lease.close()))
  await fresh.drop()
})

interface Holder {
  database?: Pick<Database, 'pool'>
  gained?(): Promise<() => Promise<void>>
}

/** A lease of a minute by the test's clock would be renewed every 20 s: a small one makes the holders lively instead. */
function hold(owner: string, { database = fresh.database, gained }: Holder = {}): HeldLease {
  const begin = async () => {
    work.push(`${owner} begins`)
    return async () => {
      work.push(`${owner} stops`)
    }
  }
  const lease = holdLease(database, {
    name: 'telegram:1',
    owner,
    seconds: 0.06,
    gained: gained ?? begin,
    failed: () => work.push(`${owner} fails`),
    clock,
  })
  held.push(lease)
  return lease
}

const happened = (...expected: string[]) => vi.waitFor(() => expect(work).toEqual(expected), { timeout: 60_000 })

test('one of two processes does the work, and the other goes on when it leaves', async () => {
  const first = hold('first')
  await happened('first begins')
  hold('second')
  await renewals(fresh.database, 3)
  expect(work).toEqual(['first begins'])
  await first.close()
  await happened('first begins', 'first stops', 'second begins')
})

test('a process that died is followed when its time is over, not before', async () => {
  const now = clock.now()
  await claimLease(fresh.database, { name: 'telegram:1', owner: 'dead', now, until: new Date(now.getTime() + 60_000) })
  const { database, asked } = counting(fresh.database)
  hold('second', { database })
  await vi.waitFor(() => expect(asked()).toBeGreaterThan(3), { timeout: 60_000 })
  expect(work).toEqual([])
  minute = 1
  await happened('second begins')
})

test('a process that cannot renew stops its work before another may begin it, and begins again later', async () => {
  let reachable = true
  const pool = {
    query: (...asked: [string, unknown[]]) => (reachable ? fresh.database.pool.query(...asked) : refuse()),
  }
  const gained = async () => {
    work.push('begins')
    return async () => {
      work.push('stops')
    }
  }
  hold('first', { database: { pool } as unknown as Pick<Database, 'pool'>, gained })
  await happened('begins')
  reachable = false
  await vi.waitFor(() => expect(work).toContain('first fails'), { timeout: 60_000 })
  expect(work).not.toContain('stops')
  minute = 1
  await vi.waitFor(() => expect(work).toContain('stops'), { timeout: 60_000 })
  reachable = true
  await vi.waitFor(() => expect(work.filter((line) => line === 'begins')).toHaveLength(2), { timeout: 60_000 })
})

test('a process whose renewal is not answered stops its work, too', async () => {
  let answer = () => {}
  const silence = new Promise<void>((resolve) => {
    answer = resolve
  })
  let isSilent = false
  const pool = {
    query: async (...asked: [string, unknown[]]) => {
      if (isSilent) {
        work.push('silence')
        await silence
      }
      return fresh.database.pool.query(...asked)
    },
  }
  hold('first', { database: { pool } as unknown as Pick<Database, 'pool'> })
  await happened('first begins')
  isSilent = true
  await happened('first begins', 'silence')
  isSilent = false
  minute = 1
  await happened('first begins', 'silence', 'first stops')
  answer()
  await happened('first begins', 'silence', 'first stops', 'first begins')
})

test('a process whose lease another has taken stops its work', async () => {
  hold('first')
  await happened('first begins')
  await fresh.database.pool.query(`UPDATE lease SET owner = 'other', until = '2027-01-01'`)
  await happened('first begins', 'first stops')
})

test('work that could not begin is begun at the next renewal', async () => {
  let tries = 0
  const gained = async () => {
    if (++tries < 3) throw new Error('the platform is away')
    work.push('begins')
    return async () => {}
  }
  hold('first', { gained })
  await happened('first fails', 'first fails', 'begins')
})

describe('work that takes long to begin', () => {
  /** Work that begins when it is told to, or fails to. */
  function slow() {
    let begin = () => {}
    let fail = () => {}
    const begun = new Promise<void>((resolve, reject) => {
      begin = resolve
      fail = reject
    })
    const gained = async () => {
      work.push('is asked to begin')
      await begun
      work.push('begins')
      return async () => {
        work.push('stops')
      }
    }
    return { gained, begin: () => begin(), fail: () => fail() }
  }

  test('the lease is renewed meanwhile', async () => {
    const { gained, begin } = slow()
    hold('first', { gained })
    await happened('is asked to begin')
    await renewals(fresh.database, 3)
    begin()
    await happened('is asked to begin', 'begins')
  })

  test('it is stopped when the lease was lost meanwhile, and begun again when it comes back', async () => {
    const { gained, begin } = slow()
    const query = async (...asked: [string, unknown[]]) => {
      const answer = await fresh.database.pool.query(...asked)
      if (answer.rowCount === 0 && !work.includes('loses')) work.push('loses')
      return answer
    }
    hold('first', { database: { pool: { query } } as unknown as Pick<Database, 'pool'>, gained })
    await happened('is asked to begin')
    await fresh.database.pool.query(`UPDATE lease SET owner = 'other', until = '2026-01-01T09:01Z'`)
    await happened('is asked to begin', 'loses')
    begin()
    await happened('is asked to begin', 'loses', 'begins', 'stops')
    minute = 1
    await happened('is asked to begin', 'loses', 'begins', 'stops', 'is asked to begin', 'begins')
  })

  test('it is stopped when the lease was closed meanwhile, before another may begin', async () => {
    const { gained, begin } = slow()
    const first = hold('first', { gained })
    await happened('is asked to begin')
    const closed = first.close()
    hold('second')
    begin()
    await closed
    await happened('is asked to begin', 'begins', 'stops', 'second begins')
  })

  test('what went wrong is told, and the next renewal tries again', async () => {
    const { gained, fail } = slow()
    hold('first', { gained })
    await happened('is asked to begin')
    fail()
    const again = ['is asked to begin', 'first fails', 'is asked to begin']
    await vi.waitFor(() => expect(work.slice(0, 3)).toEqual(again), { timeout: 60_000 })
  })
})

test('a cursor remembers the last place saved under its name', async () => {
  const ts = cursor(fresh.database, 'vk:1')
  expect(await ts.load()).toBeUndefined()
  await ts.save('17')
  await ts.save('18')
  await cursor(fresh.database, 'vk:2').save('99')
  expect(await cursor(fresh.database, 'vk:1').load()).toBe('18')
})

async function renewals(database: Pick<Database, 'pool'>, times: number): Promise<void> {
  const version = async () => (await database.pool.query('SELECT xmin::text AS version FROM lease')).rows[0]?.version
  for (let seen = await version(), left = times; left > 0; left--) {
    await vi.waitFor(async () => expect(await version()).not.toBe(seen), { timeout: 60_000 })
    seen = await version()
  }
}

function counting({ pool }: Pick<Database, 'pool'>) {
  let count = 0
  const query = (...asked: [string, unknown[]]) => {
    count++
    return pool.query(...asked)
  }
  return { database: { pool: { query } } as unknown as Pick<Database, 'pool'>, asked: () => count }
}

function refuse(): Promise<never> {
  return Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
}
