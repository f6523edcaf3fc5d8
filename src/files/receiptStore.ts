import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * The billing's own receipts, hundreds of gigabytes of them: files in a folder, each under the SHA-256 of its bytes. So no name that
 * anybody gave becomes a path, no name tells whose a receipt is, and what is kept twice is there once.
 */
export interface ReceiptStore {
  /** Answers the bytes' SHA-256 when they are safely on the disk. */
  keep(bytes: Uint8Array): Promise<string>
  /** Fails when they are not there, or are not what was kept. */
  read(sha256: string): Promise<Uint8Array>
  remove(sha256: string): Promise<void>
}

/** The folder is made when the first receipt is kept; only its owner may look into it. */
export function openReceiptStore(folder: string): ReceiptStore {
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not a SHA-256')
    return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), `${sha256}.pdf`)
  }
  return {
    async keep(bytes) {
      const sha256 = hashOf(bytes)
      const path = pathOf(sha256)
      const isThere = await stat(path).then(
        ({ size }) => size === bytes.length,
        () => false,
      )
      if (!isThere) await write(path, bytes)
      return sha256
    },
    async read(sha256) {
      const bytes = await readFile(pathOf(sha256))
      if (hashOf(bytes) !== sha256) throw new Error('a kept receipt is damaged')
      return bytes
    },
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
  }
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** All or nothing: whoever is killed in the middle leaves a part under another name, which the next try writes over. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const part = `${path}.${process.pid}`
  const file = await open(part, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
}
