import type { Rules } from '../domain/rules.ts'
import type { Channel } from '../engine/channel.ts'
import type { Messenger } from '../engine/event.ts'
import type { Engine } from '../engine/handle.ts'
import type { Words } from '../engine/text.ts'
import type { FileStore } from '../files/store.ts'
import type { VirusScan } from '../files/virusScan.ts'
import { waited } from '../infra/backOff.ts'
import type { Clock } from '../infra/clock.ts'
import type { Database } from '../infra/database.ts'
import type { Logger } from '../infra/logger.ts'
import type { Queues } from '../infra/queues.ts'
import { closedAccounts } from './closedAccounts.ts'
import { fileFetcher } from './fetchFiles.ts'
import { officeChanges } from './officeChanges.ts'
import { preparedCorrections } from './preparedCorrections.ts'
import { timersBefore, timerWaker } from './timers.ts'
import { upkeep } from './upkeep.ts'

interface Deps {
  database: Database
  queues: Queues
  engine: Engine
  files: FileStore
  channels: ReadonlyMap<Messenger, Channel>
  scan: VirusScan
  clock: Clock
  rules: Rules
  words: Words
  log: Logger
  /** How often the tables are looked at when nobody says that there is something. */
  planEveryMs?: number
}

export interface Jobs {
  /** Looks at once for what a turn has just left for later, unless there is time until it is due. */
  soon(due: Date): void
  close(): Promise<void>
}

const plannedAheadMs = 30_000
const planAtMostEveryMs = 100
const upkeepEveryMs = 3_600_000
const mostAtOnce = 500

/**
 * Later work. The tables say what is to be done (timers, wanted files, deferred events); it is planned into queues a little
 * ahead, again and again, so that an emptied queue loses nothing. Tasks have the same id whenever they are planned.
 */
export async function startJobs(deps: Deps): Promise<Jobs> {
  const { database, queues, engine, files, channels, scan, clock, rules, words, log, planEveryMs = 5_000 } = deps
  const fetcher = fileFetcher({ database, engine, files, channels, scan, rules, clock })
  const timers = await queues.open<{ id: string }>('timers', timerWaker({ database, engine, clock }))
  const fetches = await queues.open<{ id: string }>('files', fetcher.fetch, {
    concurrency: 4,
    attempts: 40,
    gaveUp: fetcher.gaveUp,
  })
  const tidy = upkeep(database, clock)
  const endLinks = closedAccounts(database, clock, rules)
  const sendPrepared = preparedCorrections({ database, clock, rules, words })
  const followOffices = officeChanges({ database, clock, rules, log })
  const stopping = new AbortController()
  let wake = new AbortController()
  let tidiedAt = Number.NEGATIVE_INFINITY

  const complain = (error: unknown): false => {
    log.warn({ err: error }, 'tidying waits')
    return false
  }

  async function plan(): Promise<void> {
    const now = clock.now().getTime()
    const isTidy = now - tidiedAt <= upkeepEveryMs
    // Closed accounts are told of before anything else falls due; nothing of the rest waits for it.
    const ended = isTidy || (await endLinks().then(() => true, complain))
    await followOffices().catch((error) => log.warn({ err: error }, 'changes of offices wait'))
    if (!isTidy) await sendPrepared().catch(complain)
    const due = await timersBefore(database, new Date(now + plannedAheadMs), mostAtOnce)
    if (due.length > 0)
      await timers.add(
        due.map(({ id, dueAt }) => ({ id: `${id}:${dueAt.getTime()}`, data: { id }, delayMs: dueAt.getTime() - now })),
      )
    const wanted = await files.allWanted(mostAtOnce)
    if (wanted.length > 0) await fetches.add(wanted.map(({ id }) => ({ id, data: { id } })))
    await engine.takeDeferred()
    if (!isTidy && (await tidy().then(() => true, complain)) && ended) tidiedAt = now
  }

  const planning = (async () => {
    while (!stopping.signal.aborted) {
      wake = new AbortController()
      await plan().catch((error) => log.warn({ err: error }, 'planning waits'))
      // Turns come by the hundred a second: they are not looked after one by one.
      await waited(planAtMostEveryMs, stopping.signal)
      await waited(planEveryMs, AbortSignal.any([stopping.signal, wake.signal]))
    }
  })()

  return {
    soon(due) {
      if (due.getTime() - clock.now().getTime() < plannedAheadMs) wake.abort()
    },
    async close() {
      stopping.abort()
      await planning
    },
  }
}
