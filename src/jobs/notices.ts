import type { Rules } from '../domain/rules.ts'
import type { Messenger } from '../engine/event.ts'
import type { Engine } from '../engine/handle.ts'
import { waited } from '../infra/backOff.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, sqlOn } from '../infra/database.ts'
import type { Queues } from '../infra/queues.ts'
import { hasNotices } from '../notices/noticeRows.ts'
import { mailingRoundMs, momentOf, noticeTeller, type WhenUntold } from '../notices/noticeTeller.ts'
import { type Stretch, stretchAfter, stretchAt, stretchEnd } from './stretches.ts'

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

/**
 * Tells what is due: one task at a time, and the next as long as there is more. On a machine that is busy, where a round takes long, mailings leave a fifth
 * of the time to people.
 */
export async function noticesJob({ database, clock, rules, queues, engine, whenUntold, rates, signal }: Deps) {
  const sql = sqlOn(database)
  const handle: Engine['handle'] = (events) => engine.handle(events)
  const round = noticeTeller({ ...{ database, clock, rules, whenUntold, rates, handle } })

  async function tell(): Promise<boolean> {
    const isOver = stretchEnd(clock)
    while (!isOver() && !signal.aborted) {
      const from = performance.now()
      const { moved, waits } = await round()
      const tookMs = performance.now() - from
      if (waits) await waited(Math.max(mailingRoundMs - tookMs, tookMs / 4), signal)
      else if (moved === 0) return false
    }
    return !signal.aborted
  }

  const work = async (done: Stretch): Promise<void> => {
    if (await tell()) await add(stretchAfter(done, clock.now()))
  }
  const queue = await queues.open<Stretch>('notices', work, { concurrency: 1 })
  const add = (stretch: number) => queue.add([{ id: `notices:${stretch}`, data: { stretch } }])

  return async (): Promise<void> => {
    const now = clock.now()
    if (await hasNotices(sql, now, momentOf(now, rules).isMailing)) await add(stretchAt(now))
  }
}
