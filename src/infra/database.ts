import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { isDatabaseDown } from './databaseErrors.ts'
import { AppError } from './errors.ts'
import { type Prisma, PrismaClient } from './generated/prisma/client.ts'

export { isConflict, isDatabaseDown, isTransient } from './databaseErrors.ts'

/** What the work inside a transaction is given. */
export type Tx = Prisma.TransactionClient

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
  '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan'

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
    ...(byKeys && { options: plannedByKeys }),
  })
  // A connection that dies in the pool is dropped by it; who needs one next is told whether PostgreSQL is there.
  pool.on('error', () => {})
  pool.on('connect', tellHiddenRollback)
  tellConnection(pool)
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

/** Runs one statement on the connection of a transaction; `name` lets the connection plan it once. */
export type TxSql = <Row>(name: string, statement: string, values: unknown[]) => Promise<Row[]>

/** The connection on which a Prisma transaction runs, for as long as it runs. */
interface Held {
  client: pg.PoolClient | undefined
}

const held = new AsyncLocalStorage<Held>()

/**
 * A transaction in which Prisma and plain SQL work on the same connection: a plain statement costs a fifth of the CPU of the same
 * through Prisma. `sql` fails once the transaction is over, also when it has run out of time.
 */
export function inTransaction<Result>(
  { prisma }: Pick<Database, 'prisma'>,
  work: (tx: Tx, sql: TxSql) => Promise<Result>,
  options: { maxWait: number; timeout: number },
): Promise<Result> {
  const own: Held = { client: undefined }
  const sql: TxSql = async (name, text, values) => {
    // Prisma's own code for it: the turn is run again.
    if (!own.client) throw Object.assign(new Error('the transaction is over'), { code: 'P2028' })
    return (await own.client.query({ name, text, values })).rows
  }
  return held.run(own, () => prisma.$transaction((tx) => work(tx, sql), options))
}

/** Notes which connection a transaction was given, and when it gave it back. */
function tellConnection(pool: pg.Pool): void {
  const connect: (...asked: unknown[]) => unknown = pool.connect.bind(pool)
  Object.assign(pool, {
    connect: (...asked: unknown[]) => {
      const own = held.getStore()
      const connected = connect(...asked)
      if (!own || own.client || !(connected instanceof Promise)) return connected
      return connected.then((client: pg.PoolClient) => {
        const { release } = client
        own.client = client
        client.release = (...how) => {
          own.client = undefined
          client.release = release
          release.apply(client, how)
        }
        return client
      })
    },
  })
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
