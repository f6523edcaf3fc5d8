import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ClientBase, Pool } from 'pg'
import { pdfFault } from '../files/check.ts'
import type { ReceiptStore } from '../files/receiptStore.ts'
import { type ErrorsFile, errorsFile } from './errorsFile.ts'
import type { Merged } from './kinds/kind.ts'
import type { RefusalCode, RowProblem } from './problems.ts'
import { maskedName, parseReceiptName, type ReceiptName, receiptFolderStamp } from './receiptName.ts'

interface ReceiptsOptions {
  /** The largest that is taken, in bytes. */
  mostBytes: number
  /** Ends the import between two receipts; it then throws the signal's reason. */
  signal?: AbortSignal
  onProgress?(progress: { files: number; of: number }): void
}

/**
 * What came of a folder, counted in files. `older`: a newer folder has brought them before. `errorsFile` lists those that are `bad`, by
 * their place in the order of names, for no list may hold the number of an account.
 */
export interface ReceiptsResult extends Merged {
  files: number
  bad: number
  errorsFile?: string
  refused?: Extract<RefusalCode, 'NOT_FOUND'>
}

/** Receipts looked up and noted together. */
const batch = 100

/**
 * Takes in the receipts (PDF) of a folder `receipts_<YYYYMMDD>_<NNN>`, named `<account_no>_<YYYY-MM>_<KIND>.pdf`: their bytes are copied into
 * `store`, rows say whose they are. Each is taken or not on its own. A newer folder's receipt takes the place of an older one's; the
 * same again changes nothing, so an import that was cut short is simply begun anew.
 */
export async function importReceipts(
  { pool }: { pool: Pool },
  store: ReceiptStore,
  folder: string,
  options: ReceiptsOptions,
): Promise<ReceiptsResult> {
  const result: ReceiptsResult = { files: 0, loaded: 0, unchanged: 0, older: 0, bad: 0 }
  const stamp = receiptFolderStamp(folder)
  const names = stamp === undefined ? undefined : await namesIn(folder)
  if (stamp === undefined || !names) return { ...result, refused: 'NOT_FOUND' }
  result.files = names.length
  const errors = await errorsFile(join(folder, '..', basename(folder)))
  const client = await pool.connect()
  try {
    // Two imports would take from each other what they have just copied: the second waits.
    await client.query(`SELECT pg_advisory_lock(hashtext('import receipts'))`)
    const seen = new Set<string>()
    for (let from = 0; from < names.length; from += batch) {
      const files = names.slice(from, from + batch).map((path, at) => ({ path, line: from + at + 1 }))
      await takeIn({ client, store, errors, stamp, seen, result, options }, files)
      options.onProgress?.({ files: Math.min(from + batch, names.length), of: names.length })
    }
    return { ...result, ...(errors.rows > 0 && { errorsFile: errors.path }) }
  } finally {
    await client.query(`SELECT pg_advisory_unlock(hashtext('import receipts'))`).catch(() => {})
    client.release()
    await errors.close()
  }
}

/** All files below a folder in the order of their names; undefined when there is no such folder. Hidden ones are nobody's receipts. */
async function namesIn(folder: string): Promise<string[] | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined)
  return entries
    ?.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted()
}

interface Work {
  client: ClientBase
  store: ReceiptStore
  errors: ErrorsFile
  stamp: string
  /** The receipts of this folder that have been met. */
  seen: Set<string>
  result: ReceiptsResult
  options: ReceiptsOptions
}

/** What the database knows: accounts by their numbers, receipts by account, month and kind. */
interface Known {
  accounts: ReadonlyMap<string, number>
  receipts: ReadonlyMap<string, { sha256: string; imported_from: string }>
}

interface Taken extends Omit<ReceiptName, 'account'> {
  accountId: number
  sha256: string
  bytes: number
  /** What it takes the place of. */
  before?: string
}

async function takeIn(work: Work, files: { path: string; line: number }[]): Promise<void> {
  const { client, store, errors, stamp, result, options } = work
  const named = files.map((file) => ({ ...file, name: parseReceiptName(file.path) }))
  const known = await lookUp(client, named)
  const taken: Taken[] = []
  for (const { path, line, name } of named) {
    options.signal?.throwIfAborted()
    const outcome = name ? await judged(work, path, name, known) : 'BAD_FILE_NAME'
    if (outcome === 'older') result.older++
    else if (typeof outcome === 'string') {
      result.bad++
      await errors.add(line, [{ column: '', problem: outcome }], maskedName(path))
    } else {
      result[outcome.before === outcome.sha256 ? 'unchanged' : 'loaded']++
      taken.push(outcome)
    }
  }
  await note(client, stamp, taken)
  const replaced = taken.flatMap(({ before, sha256 }) => (before === undefined || before === sha256 ? [] : [before]))
  await forget(client, store, replaced)
}

/** A receipt whose bytes are in the store now; or a newer one is there; or why it is bad. */
async function judged(
  { store, stamp, seen, options }: Work,
  path: string,
  { account, period, kind }: ReceiptName,
  { accounts, receipts }: Known,
): Promise<Taken | 'older' | RowProblem> {
  const accountId = accounts.get(account)
  if (accountId === undefined) return 'UNKNOWN_ACCOUNT'
  const key = `${accountId} ${period} ${kind}`
  if (seen.has(key)) return 'DUPLICATE'
  seen.add(key)
  const before = receipts.get(key)
  if (before && before.imported_from > stamp) return 'older'
  const bytes = await read(path, options.mostBytes)
  if (typeof bytes === 'string') return bytes
  const sha256 = await store.keep(bytes)
  return { accountId, period, kind, sha256, bytes: bytes.length, ...(before && { before: before.sha256 }) }
}

async function lookUp(client: ClientBase, named: { name: ReceiptName | undefined }[]): Promise<Known> {
  const numbers = named.flatMap(({ name }) => name?.account ?? [])
  const accounts = await client.query<{ id: number; number: string }>(
    'SELECT id, number FROM account WHERE number = ANY ($1)',
    [numbers],
  )
  const receipts = await client.query<{ key: string; sha256: string; imported_from: string }>(
    `SELECT concat_ws(' ', account_id, period, kind) AS key, sha256, imported_from FROM receipt_file WHERE account_id = ANY ($1)`,
    [accounts.rows.map(({ id }) => id)],
  )
  return {
    accounts: new Map(accounts.rows.map(({ number, id }) => [number, id])),
    receipts: new Map(receipts.rows.map((row) => [row.key, row])),
  }
}

/** The bytes of a receipt that can be sent, or why it is none. */
async function read(path: string, mostBytes: number): Promise<Uint8Array | RowProblem> {
  if ((await stat(path)).size > mostBytes) return 'TOO_LARGE'
  const bytes = await readFile(path)
  return pdfFault(bytes) ?? bytes
}

async function note(client: ClientBase, stamp: string, taken: Taken[]): Promise<void> {
  await client.query(
    `INSERT INTO receipt_file (account_id, period, kind, sha256, bytes, imported_from)
     SELECT *, $6 FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::int[])
     ON CONFLICT (account_id, period, kind) DO UPDATE SET (sha256, bytes, imported_from) = (excluded.sha256, excluded.bytes, excluded.imported_from)`,
    [
      taken.map(({ accountId }) => accountId),
      taken.map(({ period }) => period),
      taken.map(({ kind }) => kind),
      taken.map(({ sha256 }) => sha256),
      taken.map(({ bytes }) => bytes),
      stamp,
    ],
  )
}

/** Takes away the bytes of receipts that have been replaced, unless another row has the same. */
async function forget(client: ClientBase, store: ReceiptStore, replaced: string[]): Promise<void> {
  if (replaced.length === 0) return
  const { rows } = await client.query<{ sha256: string }>(
    'SELECT DISTINCT sha256 FROM unnest($1::text[]) AS old (sha256) WHERE NOT EXISTS (SELECT FROM receipt_file f WHERE f.sha256 = old.sha256)',
    [replaced],
  )
  for (const { sha256 } of rows) await store.remove(sha256)
}
