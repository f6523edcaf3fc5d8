import type { Rules } from '../domain/rules.ts'
import type { Messenger } from '../engine/event.ts'
import type { Engine } from '../engine/handle.ts'
import { waited } from '../infra/backOff.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, sqlOn } from '../infra/database.ts'
import type { Queues } from '../infra/queues.ts'
import { hasNotices } from '../notices/noticeRows.ts'
import { momentOf, noticeTeller, type WhenUntold } from '../notices/noticeTeller.ts'

interface Deps {
  database: Database
  clock: Clock
  rules: Rules
  queues: Queues
  engine: Engine
  whenUntold: WhenUntold
  rates: Readonly<Record<Messenger, number>>
  signal: AbortSignal
}

/** So long one process goes on telling before another may; where one dies, the others wait no longer. */
const turnMs = 10_000
/** So long mailings wait for what is on its way before they look again. */
const pauseMs = 50

/**
 * Tells what is due. One task at a time does it for all processes: its name is that of a stretch of time, so that it is queued once, and a process that
 * was killed at it holds up the next stretch no more.
 */
export async function noticesJob({ database, clock, rules, queues, engine, whenUntold, rates, signal }: Deps) {
  const sql = sqlOn(database)
  const handle: Engine['handle'] = (events) => engine.handle(events)
  const round = noticeTeller({ ...{ database, clock, rules, whenUntold, rates, handle } })
  const queue = await queues.open<{ stretch: number }>('notices', async () => {
    const begun = performance.now()
    while (performance.now() - begun < turnMs && !signal.aborted) {
      const { moved, waits } = await round()
      if (moved === 0 && !(waits && (await waited(pauseMs, signal)))) return
    }
  })
  return async (): Promise<void> => {
    const now = clock.now()
    if (!(await hasNotices(sql, now, momentOf(now, rules).isMailing))) return
    const stretch = Math.floor(now.getTime() / turnMs)
    await queue.add([{ id: `notices:${stretch}`, data: { stretch } }])
  }
}
