import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { imageSize } from './imageSize.ts'
import type { StoredFile, WorldState } from './state.ts'

const mimes: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  ogg: 'audio/ogg',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  txt: 'text/plain',
  csv: 'text/csv',
}

/** Files that people and bots have sent, on disk. */
export class Files {
  constructor(
    private readonly state: WorldState,
    private readonly folder: string,
  ) {
    mkdirSync(folder, { recursive: true })
  }

  /** Written at once, before anybody is told of the file: a message never names bytes that are not there. */
  add(name: string, bytes: Uint8Array): StoredFile {
    const id = `f${this.state.nextFile++}`
    const size = imageSize(bytes)
    const file: StoredFile = {
      id,
      name,
      mime: size?.mime ?? mimes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
      size: bytes.length,
      ...(size ? { width: size.width, height: size.height } : {}),
    }
    writeFileSync(join(this.folder, id), bytes)
    this.state.files[id] = file
    return file
  }

  find(id: string): StoredFile | undefined {
    return Object.hasOwn(this.state.files, id) ? this.state.files[id] : undefined
  }

  bytes(file: StoredFile): Promise<Buffer> {
    return readFile(join(this.folder, file.id))
  }
}
