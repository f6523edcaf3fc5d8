import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The configured key, else the one kept in `dataDir` (mode 600), which is made the first time somebody asks. */
export async function hashKeyOf({ hashKey, dataDir }: { hashKey?: string; dataDir: string }): Promise<string> {
  if (hashKey !== undefined) return hashKey
  const file = join(dataDir, 'hash-key')
  return (await kept(file)) ?? made(dataDir, file)
}

const kept = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

/** It gets its name when it is complete: of processes that start at once one makes it, and all read the same. */
async function made(dataDir: string, file: string): Promise<string> {
  await mkdir(dataDir, { recursive: true })
  const draft = join(dataDir, `hash-key.${randomUUID()}`)
  try {
    await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600 })
    await link(draft, file).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  return readFile(file, 'utf8')
}
