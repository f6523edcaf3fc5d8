import pg from 'pg'
import { everything, readMigrations, withSchemaEngine } from './schemaEngine.ts'

/** The key of Prisma's own advisory lock: `prisma migrate deploy` on another machine waits for us, and we for it. */
const migrationLock = 72707369

/** Committed with the script itself, so that a process killed between the two never leaves a migration half recorded. */
const recordWithScript = `UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`

/**
 * Brings a database up to `prisma/migrations`; answers the names of those applied now. Each migration is one transaction. The
 * ledger is Prisma's own table `_prisma_migrations`. Any number of processes may call this at once: one works, the others wait.
 * A database that is ahead of us (a rolling deploy) is left as it is. Throws when a migration fails; the next call tries it again.
 */
export async function migrate(url: string, folder?: string): Promise<{ applied: string[] }> {
  const pool = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 })
  // A connection lost while it idles is told by the next query.
  pool.on('error', () => {})
  try {
    const migrationsList = await readMigrations(folder)
    // One connection only, so this session lock covers all that the engine does; it ends with the connection.
    await pool.query('SELECT pg_advisory_lock($1)', [migrationLock])
    await forgetUnfinished(pool)
    const { appliedMigrationNames } = await withSchemaEngine(
      pool,
      (engine) => engine.applyMigrations({ migrationsList, filters: everything }),
      recordWithScript,
    )
    return { applied: appliedMigrationNames }
  } finally {
    await pool.end()
  }
}

/** A migration that is recorded as begun only has left nothing behind: its transaction was rolled back. */
async function forgetUnfinished(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(`SELECT to_regclass('_prisma_migrations') AS ledger`)
  if (!rows[0].ledger) return
  await pool.query(
    'UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  )
}
