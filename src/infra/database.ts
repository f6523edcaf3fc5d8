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
 * Opens a database that is already migrated, with at most `poolSize` connections (10 when not said). Fails with `DATABASE_DOWN`
 * when it does not answer. A transaction in which an error was caught and hidden fails at its end instead of seeming to succeed.
 */
export async function openDatabase({ url, poolSize = 10 }: { url: string; poolSize?: number }): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'erc-chat',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  })
  // A connection that dies in the pool is dropped by it; who needs one next is told whether PostgreSQL is there.
  pool.on('error', () => {})
  pool.on('connect', tellHiddenRollback)
  try {
    await pool.query('SELECT 1')
  } catch (cause) {
    await pool.end()
    throw isDatabaseDown(cause) ? new AppError('DATABASE_DOWN', { retry: 1000, cause }) : cause
  }
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
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
