import { setTimeout as pause } from 'node:timers/promises'
import DataLoader from 'dataloader'
import type { Clock } from '../infra/clock.ts'
import { type Sql, untilDatabaseAnswers } from '../infra/database.ts'
import type { Logger } from '../infra/logger.ts'
import { type Settled, settle } from './outboxRows.ts'

/** So long is gathered what is noted at once. It is as much longer that a kill makes a message of Telegram's come twice. */
const gatheringMs = 10

/** Notes what came of deliveries. What was sent must be noted, however long the database is away. */
export class Settling {
  private readonly notes: DataLoader<Settled, boolean>
  private closing = false

  constructor(private readonly deps: { sql: Sql; clock: Clock; log: Logger }) {
    let underWay: Promise<unknown> = Promise.resolve()
    this.notes = new DataLoader<Settled, boolean>(
      (tries) => {
        const settled = this.settle(tries)
        underWay = settled
        return settled
      },
      // What is told while a group is being noted, and a moment longer, goes together into the next.
      {
        cache: false,
        maxBatchSize: 200,
        batchScheduleFn: (dispatch) => void Promise.allSettled([underWay, pause(gatheringMs)]).then(dispatch),
      },
    )
  }

  /** False when the row was no longer to be shown: what was said in the chat has been deleted meanwhile. */
  note(settled: Settled): Promise<boolean> {
    return this.notes.load(settled)
  }

  /** The process is to end: a database that does not answer is no longer waited for as long as it takes. */
  close(): void {
    this.closing = true
  }

  untilDatabaseAnswers<T>(work: () => Promise<T>): Promise<T> {
    return untilDatabaseAnswers(work, {
      isClosing: () => this.closing,
      waits: (error) => this.deps.log.warn({ err: error }, 'the outbox waits for the database'),
    })
  }

  /** One that cannot be noted keeps none of the others from it. */
  private async settle(tries: readonly Settled[]): Promise<(boolean | Error)[]> {
    const noting = (some: readonly Settled[]) =>
      this.untilDatabaseAnswers(() => settle(this.deps.sql, some, this.deps.clock.now()))
    try {
      return await noting(tries)
    } catch (error) {
      if (tries.length === 1) return [error instanceof Error ? error : new Error(String(error))]
      return (await Promise.all(tries.map((one) => this.settle([one])))).flat()
    }
  }
}
