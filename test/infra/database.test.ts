import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isConflict, isDatabaseDown, isTransient, openDatabase, type Tx } from '../../src/infra/database.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

let fresh: FreshDatabase

beforeEach(async () => {
  fresh = await freshDatabase()
  await fresh.database.prisma.cursor.createMany({ data: ['a', 'b'].map((name) => ({ name, value: '0' })) })
})

afterEach(() => fresh.drop())

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => undefined).catch((error: unknown) => error)

const inTransaction = (work: (tx: Tx) => Promise<unknown>, options = {}): Promise<unknown> =>
  failure(fresh.database.prisma.$transaction(work, options))

/** The ways in which code speaks to the database inside a transaction. */
const updates: [string, (tx: Tx, name: string) => Promise<unknown>][] = [
  ['a model', (tx, name) => tx.cursor.update({ where: { name }, data: { value: 'x' } })],
  ['$queryRaw', (tx, name) => tx.$queryRaw`UPDATE cursor SET value = 'x' WHERE name = ${name} RETURNING name`],
  ['$executeRaw', (tx, name) => tx.$executeRaw`UPDATE cursor SET value = 'x' WHERE name = ${name}`],
]

describe.each(updates)('by %s', (_, update) => {
  test('a deadlock is a conflict: the turn is run again at once', async () => {
    const held = [signal(), signal()] as const
    const lock = (first: string, second: string, mine: Signal, other: Signal) =>
      inTransaction(async (tx) => {
        await update(tx, first)
        mine.give()
        await other.given
        await update(tx, second)
      })
    const errors = await Promise.all([lock('a', 'b', ...held), lock('b', 'a', held[1], held[0])])
    const [error, none] = errors.sort((x) => (x ? -1 : 1))
    expect(none).toBeUndefined()
    expect([isConflict(error), isDatabaseDown(error)]).toEqual([true, false])
  })

  test('a change by another since a repeatable read began is a conflict', async () => {
    const error = await inTransaction(
      async (tx) => {
        await tx.cursor.findMany()
        await fresh.database.pool.query(`UPDATE cursor SET value = 'y'`)
        await update(tx, 'a')
      },
      { isolationLevel: 'RepeatableRead' },
    )
    expect([isConflict(error), isDatabaseDown(error)]).toEqual([true, false])
  })

  test('a connection lost in a transaction is a database that is down', async () => {
    const error = await inTransaction(async (tx) => {
      await cutOff(tx)
      await update(tx, 'a')
    })
    expect([isConflict(error), isDatabaseDown(error)]).toEqual([false, true])
  })
})

test('a transaction that took too long is a conflict', async () => {
  const error = await inTransaction((tx) => tx.$queryRaw`SELECT pg_sleep(0.3)::text`, { timeout: 50 })
  expect(isConflict(error)).toBe(true)
})

test('a connection lost before the commit is a database that is down, and the next transaction works', async () => {
  expect(isDatabaseDown(await inTransaction(cutOff))).toBe(true)
  expect(await inTransaction((tx) => tx.cursor.findMany())).toBeUndefined()
})

test('a statement cut off by a shutdown is a database that is down', async () => {
  const { pool, prisma } = fresh.database
  const suicide = 'SELECT pg_terminate_backend(pg_backend_pid())'
  expect(isDatabaseDown(await failure(pool.query(suicide)))).toBe(true)
  expect(isDatabaseDown(await failure(prisma.$queryRawUnsafe(suicide)))).toBe(true)
})

test('a server that does not answer is told as DATABASE_DOWN', async () => {
  const error = await failure(openDatabase({ url: 'postgresql://postgres@127.0.0.1:1/erc' }))
  expect(error).toMatchObject({ code: 'DATABASE_DOWN', retry: 1000 })
  expect(isDatabaseDown(error)).toBe(true)
})

test('a server without room for one more connection is a database that is down', async () => {
  const small = await openDatabase({ url: fresh.url, poolSize: 1 })
  try {
    const { rows } = await small.pool.query('SELECT current_database() AS name')
    await small.pool.query(`ALTER DATABASE ${rows[0].name} WITH CONNECTION LIMIT 0`)
    await small.pool.query(`CREATE ROLE tenant_${process.pid} LOGIN PASSWORD 'p'`)
    const url = new URL(fresh.url)
    url.username = `tenant_${process.pid}`
    url.password = 'p'
    expect(isDatabaseDown(await failure(openDatabase({ url: url.href })))).toBe(true)
  } finally {
    await small.pool.query(`DROP ROLE IF EXISTS tenant_${process.pid}`)
    await small.close()
  }
})

test('a fault of our own is not tried again', async () => {
  const { prisma } = fresh.database
  const faults = [
    prisma.cursor.create({ data: { name: 'a', value: '' } }),
    prisma.$executeRaw`INSERT INTO cursor VALUES ('a', '')`,
    prisma.$executeRaw`INSERT INTO nowhere VALUES (1)`,
  ]
  const errors = await Promise.all(faults.map(failure))
  expect(errors.map(isTransient)).toEqual([false, false, false])
  expect([new Error('of ours'), 'not even an error', undefined].map(isTransient)).toEqual([false, false, false])
})

test('an error hidden inside a transaction cannot pass for success', async () => {
  const error = await inTransaction(async (tx) => {
    await tx.cursor.create({ data: { name: 'c', value: '' } })
    await tx.$executeRaw`INSERT INTO cursor VALUES ('a', '')`.catch(() => {})
  })
  expect(String(error)).toContain('caught inside a transaction')
  expect(isTransient(error)).toBe(false)
  expect(await fresh.database.prisma.cursor.count()).toBe(2)
})

test('Prisma and plain SQL share the same connections', async () => {
  const { prisma, pool } = fresh.database
  await Promise.all(Array.from({ length: 30 }, (_, i) => (i % 2 ? prisma.cursor.findMany() : pool.query('SELECT 1'))))
  expect(pool.totalCount).toBeLessThanOrEqual(5)
  const { rows } = await pool.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database()`,
  )
  expect(rows[0].n).toBe(pool.totalCount)
})

/** Ends the session of a transaction, and waits until our side has been told. */
async function cutOff(tx: Tx): Promise<void> {
  const [session] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
  const told = new Promise((resolve) => fresh.database.pool.once('error', resolve).once('remove', resolve))
  await fresh.database.pool.query('SELECT pg_terminate_backend($1, 5000)', [session?.pid])
  await Promise.race([told, failure(tx.$queryRaw`SELECT 1`)])
}

interface Signal {
  given: Promise<void>
  give(): void
}

function signal(): Signal {
  let give = () => {}
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give }
}
