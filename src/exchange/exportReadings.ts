import { join } from 'node:path'
import type { Pool } from 'pg'
import { localDateOf } from '../domain/localDate.ts'
import { isConflict, onConnection } from '../infra/database.ts'
import { AppError } from '../infra/errors.ts'
import { point } from '../infra/points.ts'
import { readingsOfExport } from './exportedRows.ts'
import { type Encoding, type OutKind, writeFile } from './writeFile.ts'

export interface ExportOptions {
  folder: string
  now: Date
  timeZone: string
  encoding?: Encoding
  /** So long an export waits for another one to end. */
  waitMs?: number
  /** Cuts the export short; `exportReadings` then throws the signal's reason, and the next one goes on. */
  signal?: AbortSignal
}

/** A file that was handed out. `resumed`: an export that was cut short before has been brought to its end. `sum` is of the first zones. */
export interface ExportedFile {
  path: string
  rows: number
  sum: string
  resumed: boolean
}

/** What residents have given, for the billing; its own readings come in by the kind `readings`, which has the same columns. */
export const outgoingReadings: OutKind = {
  columns: [
    ...['reading_id', 'replaces_id', 'account_no', 'meter_id', 'serial', 'period', 'read_date', 't1', 't2', 't3'],
    ...['source', 'flags', 'submitted_at'],
  ],
  sum: { column: 't1', places: 3 },
}

/**
 * Hands the readings that were accepted since the last time out to the billing, in one file `readings_<YYYYMMDD>_<NNN>.csv`; answers
 * none when there are none. Which readings a file holds is settled before it is written, and for good: whatever cuts an export
 * short, the next one writes that file again, the same, before it begins its own. So every reading is handed out, under one file's
 * name, and counts as handed out only when the file is there. Two at once go one after the other, or the second fails with
 * `EXPORT_BUSY`.
 */
export async function exportReadings(database: { pool: Pool }, options: ExportOptions): Promise<ExportedFile[]> {
  const { pool } = database
  return alone(database, options, async () => {
    const { rows } = await pool.query<Begun>(
      'SELECT id, name, settled_at IS NOT NULL AS settled FROM readings_export WHERE finished_at IS NULL ORDER BY id',
    )
    const done: ExportedFile[] = []
    for (const begun of rows) done.push(await handOut(pool, begun, options, true))
    const begun = await begin(pool, options)
    if (begun) done.push(await handOut(pool, begun, options, false))
    return done
  })
}

interface Begun {
  id: number
  name: string
  settled: boolean
}

async function handOut(
  pool: Pool,
  { id, name, settled }: Begun,
  { folder, now, encoding = 'windows-1251', signal }: ExportOptions,
  resumed: boolean,
): Promise<ExportedFile> {
  if (!settled) {
    await byPages(pool, `export_id = ${id}`, waiting)
    point('export.gathered')
    await pool.query('UPDATE readings_export SET settled_at = $2 WHERE id = $1', [id, now])
  }
  point('export.settled')
  const path = join(folder, `${name}.csv`)
  const { rows, sum } = await onConnection({ pool }, (client) =>
    writeFile(path, outgoingReadings, readingsOfExport(client, id, signal), encoding),
  )
  // What was corrected meanwhile, or judged by the billing, stays so.
  await byPages(pool, `status = 'exported'`, `export_id = ${id} AND status = 'accepted'`)
  await pool.query('UPDATE readings_export SET finished_at = $2 WHERE id = $1', [id, now])
  return { path, rows, sum, resumed }
}

/** In no file yet. */
const waiting = `status = 'accepted' AND export_id IS NULL`

/** A new file, when there is something to be in it. */
async function begin(pool: Pool, { now, timeZone }: ExportOptions): Promise<Begun | undefined> {
  const day = localDateOf(now, timeZone).replaceAll('-', '')
  const { rows } = await pool.query<Begun>(
    `INSERT INTO readings_export (name, created_at)
     SELECT $1 || lpad((count(*) + 1)::text, 3, '0'), $2 FROM readings_export WHERE starts_with(name, $1)
     HAVING EXISTS (SELECT FROM reading WHERE ${waiting})
     RETURNING id, name, false AS settled`,
    [`readings_${day}_`, now],
  )
  return rows[0]
}

/** Residents correct readings at the same time, and wait for a page at most. */
const pageRows = 2000

/** Changes the readings `where` something is so, in the order of their ids; what comes to be so meanwhile may be left out. */
async function byPages(pool: Pool, change: string, where: string): Promise<void> {
  const page = `SELECT id FROM reading WHERE ${where} AND id > $1 ORDER BY id LIMIT ${pageRows}`
  for (let after: string | undefined = '00000000-0000-0000-0000-000000000000'; after; ) {
    const { rows }: { rows: { id: string }[] } = await pool.query(page, [after])
    const ids = rows.map(({ id }) => id)
    await again(() => pool.query(`UPDATE reading SET ${change} WHERE id = ANY ($1::uuid[]) AND ${where}`, [ids]))
    after = ids.length < pageRows ? undefined : ids.at(-1)
  }
}

/** Who is in each other's way is undone by PostgreSQL and does it again. */
async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isConflict(error) || attempt === 3) throw error
    }
  }
}

/** The lock is the connection's: a killed export holds nobody up. */
async function alone<Result>(
  { pool }: { pool: Pool },
  { waitMs = 5000 }: ExportOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  try {
    await client.query(`SET lock_timeout = ${Math.trunc(waitMs)}`)
    await client.query(`SELECT pg_advisory_lock(hashtext('export readings'))`).catch((cause) => {
      throw isConflict(cause) ? new AppError('EXPORT_BUSY', { cause }) : cause
    })
    return await work()
  } finally {
    await client.query('SELECT pg_advisory_unlock_all()').catch(() => {})
    client.release(true)
  }
}
