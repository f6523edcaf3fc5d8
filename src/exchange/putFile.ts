import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Whoever looks for the file finds all of it or none. */
export async function putFile(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(`${path}.part`, 'w', 0o640)
  try {
    await file.write(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.part`, path)
}
