import DataLoader from 'dataloader'
import { backOffMs, waited } from '../infra/backOff.ts'
import type { Clock } from '../infra/clock.ts'
import type { Sql } from '../infra/database.ts'
import type { Logger } from '../infra/logger.ts'
import { type Settled, settle } from './outboxRows.ts'

/** Notes what came of deliveries. What was sent must be noted, however long the database is away. */
export class Settling {
  private readonly notes: DataLoader<Settled, void>
  private closing = false

  constructor(private readonly deps: { sql: Sql; clock: Clock; log: Logger }) {
    let underWay: Promise<unknown> = Promise.resolve()
    this.notes = new DataLoader<Settled, void>(
      async (tries) => {
        const settled = this.untilDatabaseAnswers(() => settle(deps.sql, tries, deps.clock.now()))
        underWay = settled
        await settled
        return tries.map(() => undefined)
      },
      // What is told while a group is being noted goes together into the next.
      { cache: false, maxBatchSize: 200, batchScheduleFn: (dispatch) => void underWay.then(dispatch, dispatch) },
    )
  }

  note(settled: Settled): Promise<void> {
    return this.notes.load(settled)
  }

  /** The process is to end: a database that does not answer is no longer waited for as long as it takes. */
  close(): void {
    this.closing = true
  }

  async untilDatabaseAnswers<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work()
      } catch (error) {
        if (attempt === 0) this.deps.log.warn({ err: error }, 'the outbox waits for the database')
        if (this.closing && attempt > 5) throw error
        await waited(backOffMs(attempt + 1), new AbortController().signal)
      }
    }
  }
}
