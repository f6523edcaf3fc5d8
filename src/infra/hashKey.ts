import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The configured key, else the one kept in `dataDir` (mode 600), which is made the first time somebody asks. */
export async function hashKeyOf({ hashKey, dataDir }: { hashKey?: string; dataDir: string }): Promise<string> {
  if (hashKey !== undefined) return hashKey
  const file = join(dataDir, 'hash-key')
  await mkdir(dataDir, { recursive: true })
  // `wx`: of two processes that start at once one makes it and both read the same.
  await writeFile(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error
  })
  return readFile(file, 'utf8')
}
