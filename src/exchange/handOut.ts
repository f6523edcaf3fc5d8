import { join } from 'node:path'
import type { ClientBase, Pool } from 'pg'
import { localDateOf } from '../domain/localDate.ts'
import { isConflict, onConnection } from '../infra/database.ts'
import { AppError } from '../infra/errors.ts'
import { point } from '../infra/points.ts'
import { type Encoding, type OutKind, type OutRow, writeFile } from './writeFile.ts'

export interface ExportOptions {
  folder: string
  now: Date
  timeZone: string
  encoding?: Encoding
  /** So long an export waits for another one to end. */
  waitMs?: number
  /** Cuts the export short; `handOut` then throws the signal's reason, and the next one goes on. */
  signal?: AbortSignal
}

/** A file that was handed out. `resumed`: an export that was cut short before has been brought to its end. `sum` is what its control file states. */
export interface ExportedFile {
  path: string
  rows: number
  sum?: string
  resumed: boolean
}

/**
 * What is handed out to the billing: the rows of `table` that are `waiting` (SQL) go into files of this name, which are noted in `exports`. `placed`: what
 * the rows of a file become, and which of them, once it is in its place.
 */
export interface Outgoing {
  name: 'readings' | 'bookings'
  table: string
  exports: string
  waiting: string
  ids: { type: 'uuid' | 'bigint'; before: string }
  kind: OutKind
  rows(client: ClientBase, exportId: number, signal?: AbortSignal): AsyncGenerator<OutRow[]>
  placed?: { change: string; where: string }
}

/**
 * Hands what has come since the last time out to the billing, in one file `<name>_<YYYYMMDD>_<NNN>.csv`; answers
 * none when there is nothing. Which rows a file holds is settled before it is written, and for good: whatever cuts an export
 * short, the next one writes that file again, the same, before it begins its own. So every row is handed out, under one file's
 * name, and counts as handed out only when the file is there. Two at once go one after the other, or the second fails with
 * `EXPORT_BUSY`.
 */
export async function handOut(
  { pool }: { pool: Pool },
  what: Outgoing,
  options: ExportOptions,
): Promise<ExportedFile[]> {
  return alone(pool, what, options, async () => {
    const { rows } = await pool.query<Begun>(
      `SELECT id, name, settled_at IS NOT NULL AS settled FROM ${what.exports} WHERE finished_at IS NULL ORDER BY id`,
    )
    const done: ExportedFile[] = []
    for (const begun of rows) done.push(await bringToEnd(pool, what, begun, options, true))
    const begun = await begin(pool, what, options)
    if (begun) done.push(await bringToEnd(pool, what, begun, options, false))
    return done
  })
}

interface Begun {
  id: number
  name: string
  settled: boolean
}

async function bringToEnd(
  pool: Pool,
  what: Outgoing,
  { id, name, settled }: Begun,
  { folder, now, encoding = 'windows-1251', signal }: ExportOptions,
  resumed: boolean,
): Promise<ExportedFile> {
  if (!settled) {
    await byPages(pool, what, `export_id = ${id}`, what.waiting)
    point('export.gathered')
    await pool.query(`UPDATE ${what.exports} SET settled_at = $2 WHERE id = $1`, [id, now])
  }
  point('export.settled')
  const path = join(folder, `${name}.csv`)
  const { rows, sum } = await onConnection({ pool }, (client) =>
    writeFile(path, what.kind, what.rows(client, id, signal), encoding),
  )
  if (what.placed) await byPages(pool, what, what.placed.change, `export_id = ${id} AND ${what.placed.where}`)
  await pool.query(`UPDATE ${what.exports} SET finished_at = $2 WHERE id = $1`, [id, now])
  return { path, rows, ...(sum !== undefined && { sum }), resumed }
}

/** A new file, when there is something to be in it. */
async function begin(
  pool: Pool,
  { name, table, exports, waiting }: Outgoing,
  { now, timeZone }: ExportOptions,
): Promise<Begun | undefined> {
  const day = localDateOf(now, timeZone).replaceAll('-', '')
  const { rows } = await pool.query<Begun>(
    `INSERT INTO ${exports} (name, created_at)
     SELECT $1 || lpad((count(*) + 1)::text, 3, '0'), $2 FROM ${exports} WHERE starts_with(name, $1)
     HAVING EXISTS (SELECT FROM ${table} WHERE ${waiting})
     RETURNING id, name, false AS settled`,
    [`${name}_${day}_`, now],
  )
  return rows[0]
}

/** Residents change what they have given at the same time, and wait for a page at most. */
const pageRows = 2000

/** Changes the rows `where` something is so, in the order of their ids; what comes to be so meanwhile may be left out. */
async function byPages(
  pool: Pool,
  { table, ids: { type, before } }: Outgoing,
  change: string,
  where: string,
): Promise<void> {
  const page = `SELECT id FROM ${table} WHERE ${where} AND id > $1 ORDER BY id LIMIT ${pageRows}`
  for (let after: string | undefined = before; after !== undefined; ) {
    const { rows }: { rows: { id: string }[] } = await pool.query(page, [after])
    const ids = rows.map(({ id }) => id)
    await again(() => pool.query(`UPDATE ${table} SET ${change} WHERE id = ANY ($1::${type}[]) AND ${where}`, [ids]))
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
  pool: Pool,
  { name }: Outgoing,
  { waitMs = 5000 }: ExportOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  try {
    await client.query(`SET lock_timeout = ${Math.trunc(waitMs)}`)
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [`export ${name}`]).catch((cause) => {
      throw isConflict(cause) ? new AppError('EXPORT_BUSY', { cause }) : cause
    })
    return await work()
  } finally {
    await client.query('SELECT pg_advisory_unlock_all()').catch(() => {})
    client.release(true)
  }
}
