import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  inTransaction,
  isConflict,
  isDatabaseDown,
  isTransient,
  openDatabase,
  type Sql,
} from '../../src/infra/database.ts'
import type { Prisma } from '../../src/infra/generated/prisma/client.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

let fresh: FreshDatabase

beforeEach(async () => {
  fresh = await freshDatabase()
  await fresh.database.prisma.cursor.createMany({ data: ['a', 'b'].map((name) => ({ name, value: '0' })) })
})

afterEach(() => fresh.drop())

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => undefined).catch((error: unknown) => error)

/** A transaction by one of the two ways, in which `update` changes a row. */
interface Way {
  transaction: (work: (update: (name: string) => Promise<unknown>) => Promise<unknown>) => Promise<unknown>
}

const ways: [string, Way][] = [
  [
    'plain SQL',
    {
      transaction: (work) =>
        inTransaction(fresh.database, (sql) =>
          work((name) => sql('test.update', `UPDATE cursor SET value = 'x' WHERE name = $1`, [name])),
        ),
    },
  ],
  [
    'a model of Prisma',
    {
      transaction: (work) =>
        fresh.database.prisma.$transaction((tx) =>
          work((name) => tx.cursor.update({ where: { name }, data: { value: 'x' } })),
        ),
    },
  ],
  [
    "Prisma's $executeRaw",
    {
      transaction: (work) =>
        fresh.database.prisma.$transaction((tx) =>
          work((name) => tx.$executeRaw`UPDATE cursor SET value = 'x' WHERE name = ${name}`),
        ),
    },
  ],
]

describe.each(ways)('a transaction by %s', (_, { transaction }) => {
  test('that another locks out is a conflict: the turn is run again at once', async () => {
    const held = [signal(), signal()] as const
    const lock = (first: string, second: string, mine: Signal, other: Signal) =>
      transaction(async (update) => {
        await update(first)
        mine.give()
        await other.given
        await update(second)
      })
    const errors = await Promise.all([lock('a', 'b', ...held), lock('b', 'a', held[1], held[0])].map(failure))
    const [error, none] = errors.sort((x) => (x ? -1 : 1))
    expect(none).toBeUndefined()
    expect([isConflict(error), isDatabaseDown(error)]).toEqual([true, false])
  })

  test('that loses its connection is a database that is down, and the next one works', async () => {
    const cut = transaction(async (update) => {
      await update('a')
      await endSessions()
      await update('b')
    })
    const error = await failure(cut)
    expect([isConflict(error), isDatabaseDown(error)]).toEqual([false, true])
    await transaction((update) => update('a'))
    expect(await values()).toEqual(['x', '0'])
  })

  test('that loses its connection before the commit is a database that is down', async () => {
    const cut = transaction(async (update) => {
      await update('a')
      await endSessions()
    })
    expect(isDatabaseDown(await failure(cut))).toBe(true)
    // A connection of the pool that has been ended as well may not have heard of it yet.
    await expect.poll(values).toEqual(['0', '0'])
  })

  test('that fails has written nothing', async () => {
    const failing = transaction(async (update) => {
      await update('a')
      throw new Error('of ours')
    })
    expect(String(await failure(failing))).toContain('of ours')
    expect(await values()).toEqual(['0', '0'])
  })
})

test.each([
  [
    'plain SQL',
    (work: (bad: () => Promise<unknown>) => Promise<unknown>) =>
      inTransaction(fresh.database, (sql) => work(() => badly(sql))),
  ],
  [
    'Prisma',
    (work: (bad: () => Promise<unknown>) => Promise<unknown>) =>
      fresh.database.prisma.$transaction((tx) => work(() => tx.$executeRaw`INSERT INTO cursor VALUES ('a', '')`)),
  ],
])('an error hidden inside a transaction by %s cannot pass for success', async (_, transaction) => {
  const error = await failure(transaction((bad) => bad().catch(() => {})))
  expect(String(error)).toContain('caught inside a transaction')
  expect(isTransient(error)).toBe(false)
})

const badly = (sql: Sql) => sql('test.bad', `INSERT INTO cursor VALUES ('a', '')`, [])

test('a statement after the end of its transaction is refused', async () => {
  const kept = await inTransaction(fresh.database, async (sql) => sql)
  expect(String(await failure(kept('test.late', `UPDATE cursor SET value = 'late'`, [])))).toContain('over')
  expect(await values()).toEqual(['0', '0'])
})

test('whoever waits too long for a lock is undone as a conflict, and may run again', async () => {
  await inTransaction(fresh.database, async (sql) => {
    await sql('test.lock', `SELECT FROM cursor WHERE name = 'a' FOR UPDATE`, [])
    const impatient = inTransaction(fresh.database, async (other) => {
      await other('test.patience', `SET LOCAL lock_timeout = '20ms'`, [])
      await other('test.update', `UPDATE cursor SET value = 'x' WHERE name = $1`, ['a'])
    })
    expect(isConflict(await failure(impatient))).toBe(true)
  })
  const { rows } = await fresh.database.pool.query('SHOW lock_timeout')
  expect(rows[0].lock_timeout).toBe('15s')
})

test("Prisma's own time-out is a conflict", async () => {
  const slow = fresh.database.prisma.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(0.3)::text`, { timeout: 50 })
  expect(isConflict(await failure(slow))).toBe(true)
})

test('a change by another since a repeatable read began is a conflict', async () => {
  const read = fresh.database.prisma.$transaction(
    async (tx: Prisma.TransactionClient) => {
      await tx.cursor.findMany()
      await fresh.database.pool.query(`UPDATE cursor SET value = 'y'`)
      await tx.cursor.update({ where: { name: 'a' }, data: { value: 'x' } })
    },
    { isolationLevel: 'RepeatableRead' },
  )
  expect(isConflict(await failure(read))).toBe(true)
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

test('Prisma and plain SQL share the same connections', async () => {
  const { prisma, pool } = fresh.database
  await Promise.all(Array.from({ length: 30 }, (_, i) => (i % 2 ? prisma.cursor.findMany() : pool.query('SELECT 1'))))
  expect(pool.totalCount).toBeLessThanOrEqual(5)
  const { rows } = await pool.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database()`,
  )
  expect(rows[0].n).toBe(pool.totalCount)
})

/** Ends the sessions that are in the middle of a transaction. */
const endSessions = () =>
  fresh.database.pool.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  )

const values = async (): Promise<string[]> =>
  (await fresh.database.prisma.cursor.findMany({ orderBy: { name: 'asc' } })).map(({ value }) => value)

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
