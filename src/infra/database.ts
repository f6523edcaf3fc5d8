import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { isDatabaseDown } from './databaseErrors.ts'
import { AppError } from './errors.ts'
import { PrismaClient } from './generated/prisma/client.ts'

export { isConflict, isDatabaseDown, isTransient } from './databaseErrors.ts'
export { patient, untilDatabaseAnswers } from './databasePatience.ts'

/** Prisma and plain SQL over the same connections. */
export interface Database {
  prisma: PrismaClient
  pool: pg.Pool
  /** Waits for the queries under way. */
  close(): Promise<void>
}

/**
 * Every statement of a turn finds its rows by keys. Prepared once, while the tables may still be small, its plan must be the one
 * that is right when they have grown: no scans of whole tables, and no planning anew at each execution.
 */
const plannedByKeys =
  '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_material=off -c plan_cache_mode=force_generic_plan'

/** Who waits longer for another's lock is undone and runs again. */
const lockTimeout = '-c lock_timeout=15s'

/**
 * Opens a database that is already migrated, with at most `poolSize` connections (10 when not said). Fails with `DATABASE_DOWN`
 * when it does not answer. A transaction in which an error was caught and hidden fails at its end instead of seeming to succeed.
 */
export async function openDatabase({
  url,
  poolSize = 10,
  byKeys = false,
}: {
  url: string
  poolSize?: number
  byKeys?: boolean
}): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'erc-chat',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    options: byKeys ? `${lockTimeout} ${plannedByKeys}` : lockTimeout,
  })
  // A connection that dies in the pool is dropped by it; who needs one next is told whether PostgreSQL is there.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    // One that dies in use is told to the statement under way or the next, never to nobody.
    client.on('error', () => {})
    tellHiddenRollback(client)
  })
  try {
    await pool.query('SELECT 1')
  } catch (cause) {
    await pool.end()
    throw isDatabaseDown(cause) ? new AppError('DATABASE_DOWN', { retry: 1000, cause }) : cause
  }
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: statementNames() }),
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  })
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

/** Runs one statement: on the pool, or on a transaction. `name` lets each connection plan it once. */
export type Sql = <Row>(name: string, statement: string, values: unknown[]) => Promise<Row[]>

/** Statements on the pool, each a transaction of its own. */
export const sqlOn = ({ pool }: Pick<Database, 'pool'>): Sql => sqlThrough(pool)

/** Statements through a connection that somebody else has, in the transaction it is in. */
export const sqlThrough =
  (client: Pick<pg.ClientBase, 'query'>): Sql =>
  async (name, text, values) =>
    (await client.query({ name, text, values })).rows

/**
 * A transaction of plain statements: through Prisma the same costs five times the CPU. Its work may not hide an error: PostgreSQL has
 * undone everything by then, which is told at the end as an error. `sql` fails once the transaction is over.
 * `lockMs`: how long to wait for another's lock; as long as anywhere when not said.
 */
export async function inTransaction<Result>(
  { pool }: Pick<Database, 'pool'>,
  work: (sql: Sql) => Promise<Result>,
  lockMs?: number,
): Promise<Result> {
  const begin = lockMs === undefined ? 'BEGIN' : `BEGIN; SET LOCAL lock_timeout = ${lockMs}`
  return onConnection({ pool, begin }, async (client) => {
    const through = sqlThrough(client)
    let over = false
    let before: Promise<unknown> = Promise.resolve()
    // One after another, and none after one that has failed.
    const sql: Sql = (name, text, values) => {
      const asked = before.then(() => {
        if (over) throw new Error('the transaction is over')
        return through<never>(name, text, values)
      })
      before = asked
      return asked
    }
    try {
      return await work(sql)
    } finally {
      over = true
    }
  })
}

/** The same for work that needs the connection itself (COPY, cursors). */
export async function onConnection<Result>(
  { pool, begin = 'BEGIN' }: Pick<Database, 'pool'> & { begin?: string },
  work: (client: pg.ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let unusable = false
  try {
    await client.query(begin)
    const result = await work(client)
    // In this form it is watched for a hidden rollback, as Prisma's is.
    await client.query({ text: 'COMMIT' })
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      unusable = true
    })
    throw error
  } finally {
    client.release(unusable)
  }
}

const mostStatements = 300

/** Names for the statements that Prisma makes, so that a connection plans each of them once; lists of ever new lengths are left out. */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined || names.size >= mostStatements) return known ?? ''
    const name = `prisma.${names.size}`
    names.set(sql, name)
    return name
  }
}

/**
 * PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which a statement failed, and Prisma takes that for success.
 */
function tellHiddenRollback(client: pg.PoolClient): void {
  const query: (...asked: unknown[]) => unknown = client.query.bind(client)
  Object.assign(client, {
    query: (...asked: unknown[]) => {
      const answer = query(...asked)
      return isCommit(asked[0]) && answer instanceof Promise ? answer.then(committed) : answer
    },
  })
}

function isCommit(asked: unknown): boolean {
  return typeof asked === 'object' && asked !== null && 'text' in asked && asked.text === 'COMMIT'
}

function committed(answer: pg.QueryResult): pg.QueryResult {
  if (answer.command !== 'COMMIT')
    throw new Error('a database error was caught inside a transaction: all of it is undone')
  return answer
}
