import { mkdirSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { WorldState } from './state.ts'

const SAVE_WITHIN_MS = 150

/** Saves the world within 150 ms of a change, whole or not at all: a killed process leaves the snapshot before it. */
export class Snapshot {
  private timer: NodeJS.Timeout | undefined
  private saving: Promise<void> = Promise.resolve()

  constructor(
    private readonly path: string,
    private readonly state: () => WorldState,
  ) {
    mkdirSync(dirname(path), { recursive: true })
  }

  static read(path: string): WorldState | undefined {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as WorldState
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
  }

  soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.saving = this.saving.then(() => this.save())
    }, SAVE_WITHIN_MS)
  }

  async close(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    await this.saving
    await this.save()
  }

  private async save(): Promise<void> {
    const beside = `${this.path}.new`
    try {
      const file = await open(beside, 'w', 0o600)
      try {
        await file.writeFile(JSON.stringify(this.state()))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(beside, this.path)
    } catch (error) {
      process.stderr.write(`sandbox: the world could not be saved: ${String(error)}\n`)
    }
  }
}
