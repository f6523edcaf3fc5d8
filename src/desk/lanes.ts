import { backOffMs, waited } from '../infra/backOff.ts'
import type { Clock } from '../infra/clock.ts'
import { isTransient } from '../infra/database.ts'
import { AppError } from '../infra/errors.ts'
import type { Logger } from '../infra/logger.ts'

const sweepEveryMs = 1_000
/** Not more often than so for lanes that have rested. */
const leastMs = 50

interface Deps {
  clock: Clock
  log: Logger
  /** Looks what is to be done and starts it in lanes; whenever something has changed, and every second. */
  sweep(): Promise<void>
  /** What is logged when the sweep fails, and when a lane does. */
  sweepWaits: string
  laneWaits: string
}

/**
 * Work that stands in tables and is done in lanes: one thing after another in each, several lanes at once. A lane that fails rests, for as long
 * as its failure says and longer each time; it holds up no other.
 */
export class Lanes {
  private readonly running = new Map<string, Promise<void>>()
  private readonly restsUntil = new Map<string, number>()
  private readonly tries = new Map<string, number>()
  private readonly ending = new AbortController()
  private wake = new AbortController()
  private readonly loop: Promise<void>

  constructor(private readonly deps: Deps) {
    this.loop = this.run()
  }

  /** How many are at work. */
  get size(): number {
    return this.running.size
  }

  get isEnding(): boolean {
    return this.ending.signal.aborted
  }

  /** Something is to be done. */
  changed(): void {
    this.wake.abort()
  }

  /** Ends when what is under way is done. */
  async end(): Promise<void> {
    this.ending.abort()
    this.wake.abort()
    await this.loop
    await Promise.all(this.running.values())
  }

  /** Whether nothing is done there now, and it does not rest. */
  isFree(lane: string): boolean {
    return !this.running.has(lane) && (this.restsUntil.get(lane) ?? 0) <= this.deps.clock.now().getTime()
  }

  start(lane: string, work: () => Promise<void>): void {
    const done = work()
      .then(
        () => void this.tries.delete(lane),
        (error: unknown) => this.failed(lane, error),
      )
      .finally(() => {
        this.running.delete(lane)
        this.wake.abort()
      })
    this.running.set(lane, done)
  }

  rest(lane: string, ms: number): void {
    this.restsUntil.set(lane, this.deps.clock.now().getTime() + ms)
  }

  /** When a lane has rested, and a second later at the latest. */
  private nextSweepMs(): number {
    const now = this.deps.clock.now().getTime()
    for (const [lane, until] of this.restsUntil) if (until <= now) this.restsUntil.delete(lane)
    const next = Math.min(sweepEveryMs, ...[...this.restsUntil.values()].map((until) => until - now))
    return Math.max(leastMs, next)
  }

  private failed(lane: string, error: unknown): void {
    const tries = (this.tries.get(lane) ?? 0) + 1
    this.tries.set(lane, tries)
    const retry = error instanceof AppError && error.retry !== 'never' ? error.retry : 0
    this.rest(lane, Math.max(retry, backOffMs(tries)))
    if (!isTransient(error)) this.deps.log.warn({ err: error, tries }, this.deps.laneWaits)
  }

  private async run(): Promise<void> {
    while (!this.isEnding) {
      this.wake = new AbortController()
      await this.deps.sweep().catch((error) => this.deps.log.warn({ err: error }, this.deps.sweepWaits))
      await waited(this.nextSweepMs(), this.wake.signal)
    }
  }
}
