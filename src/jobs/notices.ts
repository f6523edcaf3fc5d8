import type { Engine } from '../engine/handle.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, sqlOn } from '../infra/database.ts'
import type { Queues } from '../infra/queues.ts'
import { hasNotices } from '../notices/noticeRows.ts'
import { noticeTeller, type WhenUntold } from '../notices/noticeTeller.ts'

interface Deps {
  database: Database
  clock: Clock
  queues: Queues
  engine: Engine
  whenUntold: WhenUntold
}

/** So long one process goes on telling before another may; where one dies, the others wait no longer. */
const turnMs = 10_000

/**
 * Tells what is due. One task at a time does it for all processes: its name is that of a stretch of time, so that it is queued once, and a process that
 * was killed at it holds up the next stretch no more.
 */
export async function noticesJob({ database, clock, queues, engine, whenUntold }: Deps) {
  const sql = sqlOn(database)
  const round = noticeTeller({ database, clock, whenUntold, handle: (events) => engine.handle(events) })
  const queue = await queues.open<{ stretch: number }>('notices', async () => {
    const begun = performance.now()
    while ((await round()) > 0) if (performance.now() - begun > turnMs) return
  })
  return async (): Promise<void> => {
    const now = clock.now()
    if (!(await hasNotices(sql, now))) return
    const stretch = Math.floor(now.getTime() / turnMs)
    await queue.add([{ id: `notices:${stretch}`, data: { stretch } }])
  }
}
