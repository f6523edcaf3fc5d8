import { staffLanguage } from '../src/desk/records.ts'
import { requestUntold } from '../src/desk/requests/untold.ts'
import { dialogs as ours } from '../src/dialogs/index.ts'
import { dialogOfKind } from '../src/domain/requests/dialogOfKind.ts'
import { effectRunner, mayShare } from '../src/effects/registry.ts'
import type { Channel } from '../src/engine/channel.ts'
import type { Messenger } from '../src/engine/event.ts'
import { createEngine, type Engine } from '../src/engine/handle.ts'
import { Outbox } from '../src/engine/outbox.ts'
import type { Words } from '../src/engine/text.ts'
import type { Dialogs } from '../src/engine/turn.ts'
import { drawnFiles } from '../src/files/drawn.ts'
import { openFileStore } from '../src/files/store.ts'
import { virusScan } from '../src/files/virusScan.ts'
import { withoutCode } from '../src/infra/activationCode.ts'
import type { Clock } from '../src/infra/clock.ts'
import type { Config } from '../src/infra/config.ts'
import { cursor } from '../src/infra/cursors.ts'
import { type Database, openDatabase, sqlOn } from '../src/infra/database.ts'
import { AppError } from '../src/infra/errors.ts'
import { type Http, openHttp } from '../src/infra/http.ts'
import { openWords } from '../src/infra/i18n.ts'
import { holdLease } from '../src/infra/leases.ts'
import type { Logger } from '../src/infra/logger.ts'
import { newOwner, releaseDeadOwners } from '../src/infra/owner.ts'
import { openQueues, type Queues } from '../src/infra/queues.ts'
import { startJobs } from '../src/jobs/main.ts'
import type { WhenUntold } from '../src/notices/noticeTeller.ts'
import { readOnce } from '../src/queries/readOnce.ts'
import { createQueries } from '../src/queries/registry.ts'
import { staffForums } from './consultants/main.ts'
import { type Desk, openDesk } from './desk.ts'
import { draughtsmenOver } from './draughtsmen.ts'
import { telegramChannel } from './telegram/main.ts'
import { vkMessagesPerSecond } from './vk/limits.ts'
import { vkChannel } from './vk/main.ts'

export interface Product {
  engine: Engine
  outbox: Outbox
  database: Database
  queues: Queues
  /** What this process listens to now: messengers, and the staff's forums. */
  listening: ReadonlySet<Listened>
  /** Ends the turns and deliveries under way and lets everything go; the database itself is not stopped. */
  close(): Promise<void>
}

export type Listened = Messenger | 'consultants'

interface Settings {
  config: Config
  hashKey: string
  /** A database that is migrated. */
  databaseUrl: string
  clock: Clock
  log: Logger
  /** Told when going on is of no use: a messenger refuses our token. */
  fatal(reason: AppError): void
  /** Another release's; our own when not said. */
  dialogs?: Dialogs
  /** How often later work is looked for; the usual when not said. */
  planEveryMs?: number
  /** How long a minute of a forum's rate is; a minute when not said. */
  forumMinuteMs?: number
}

/** What follows where a resident cannot be told something, by the dialog that was to tell it. */
const whenUntold: WhenUntold = new Map(Object.values(dialogOfKind).map((dialog) => [dialog, requestUntold] as const))

const leaseSeconds = 15
const sweepEveryMs = 1_000

/** Wires the product together: database, engine, messengers, later work. Nothing else knows all of them. */
export async function startProduct(settings: Settings): Promise<Product> {
  const { config, hashKey, databaseUrl, clock, log, fatal, dialogs = ours, planEveryMs } = settings
  const database = await openDatabase({ url: databaseUrl, poolSize: 16, byKeys: true })
  await releaseDeadOwners(database)
  const owner = newOwner()
  const poolSql = sqlOn(database)
  const words = openWords(config.rules.timeZone)
  const files = openFileStore(database)
  const http = openHttp(config.proxy)
  const channels = openChannels({ config, database, clock, log }, http)
  const draughtsmen = draughtsmenOver({ sql: poolSql, words, config, hashKey, files })
  const sent = drawnFiles({ sql: poolSql, stored: files, draughtsmen, clock, log })
  const outbox = new Outbox({ sql: poolSql, channels, clock, log, files: sent })
  const { rules, linkLimits: limits } = config
  const later = { soon: (_: Date) => {} }
  let desk: Desk | undefined
  const reads = createQueries(poolSql)
  const engine = createEngine({
    ...{ database, clock, log, rules, words, dialogs, outbox },
    queries: () => readOnce(reads),
    queriesIn: (sql) => readOnce(createQueries(sql)),
    runEffect: effectRunner({ clock, rules, words, limits, hashKey, log }),
    mayShare,
    onLater: (due) => {
      later.soon(due)
      desk?.changed()
    },
  })
  const listening = new Set<Listened>()
  const heard = [...channels.values()].filter(({ name }) => config.roles.includes(name))
  const leases = heard.map((channel) =>
    holdLease(database, {
      name: `${channel.name}`,
      owner,
      seconds: leaseSeconds,
      clock,
      gained: () => listen(channel),
      failed: (error) => {
        if (error instanceof AppError && error.code === 'CONFIG') fatal(error)
        else log.warn({ err: error, messenger: channel.name }, 'a messenger cannot be listened to yet')
      },
    }),
  )

  function sweep(): void {
    outbox.sweep().catch((error) => log.warn({ err: error }, 'the sweep waits'))
  }

  async function listen(channel: Channel): Promise<() => Promise<void>> {
    outbox.begin(channel.name)
    const stop = await channel.listen((events) => {
      for (const { chat, input } of events) if (input.kind === 'typing') desk?.typing(chat)
      return engine.handle(events.map((event) => withoutCode(event, hashKey, (payload) => dialogs.has(payload))))
    })
    listening.add(channel.name)
    log.info({ messenger: channel.name }, 'listening')
    // What the process before us left unsaid is said now, not a sweep later.
    sweep()
    return async () => {
      listening.delete(channel.name)
      await stop()
      await outbox.end(channel.name)
    }
  }

  if (config.desk && config.roles.includes('consultants'))
    desk = openDesk({
      ...{ database, clock, log, rules, words, files, channels, owner, leaseSeconds, fatal },
      channel: staffForums({
        ...{ ...config.desk, http, log, clock, commands: staffCommands(words) },
        ...(settings.forumMinuteMs !== undefined && { windowMs: settings.forumMinuteMs }),
      }),
      forums: config.desk.forums,
      tickEveryMs: planEveryMs ?? 1_000,
      handle: (events) => engine.handle(events),
      later: (due) => later.soon(due),
      listening: (is) => void (is ? listening.add('consultants') : listening.delete('consultants')),
    })

  const sweeping = setInterval(sweep, sweepEveryMs)
  const redis = config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }
  const queues = openQueues({ databaseUrl, ...redis, log })
  const jobs = config.roles.includes('worker')
    ? await startJobs({
        ...{ database, queues, engine, files, channels, clock, rules, words, log, whenUntold },
        scan: virusScan(config.virusScan),
        rates: { telegram: config.telegramRate, vk: vkMessagesPerSecond },
        ...(planEveryMs !== undefined && { planEveryMs }),
      })
    : undefined
  if (jobs) later.soon = jobs.soon

  return {
    ...{ engine, outbox, database, queues, listening },
    async close() {
      clearInterval(sweeping)
      outbox.close()
      await Promise.all([...leases.map((lease) => lease.close()), desk?.close()])
      await jobs?.close()
      await queues.close()
      await engine.idle()
      await http.close()
      await database.close()
    },
  }
}

type Wiring = Pick<Settings, 'config' | 'clock' | 'log'> & { database: Database }

/** A channel for every configured messenger: a worker that listens to none still fetches files from all. */
function openChannels({ config, database, clock, log }: Wiring, http: Http): Map<Messenger, Channel> {
  const channels = new Map<Messenger, Channel>()
  const { telegram, telegramRate, vk, rules } = config
  const words = openWords(rules.timeZone)
  const commands = (['ru', 'en'] as const).flatMap((language) =>
    (['menu', 'readings', 'charges', 'help', 'operator', 'settings'] as const).map((command) => ({
      ...{ language, command },
      description: words.plain(language, { key: `commands.${command}` }),
    })),
  )
  if (telegram)
    channels.set(
      'telegram',
      telegramChannel({ ...telegram, http, log, clock, menuCommands: commands, messagesPerSecond: telegramRate }),
    )
  if (vk) {
    const place = cursor(database, `vk:${vk.groupId}`)
    channels.set('vk', vkChannel({ ...vk, http, log, clock, cursor: place, startWords: ['начать', 'start'] }))
  }
  return channels
}

/** What the staff's forums offer behind a slash. */
const staffCommands = (words: Words): { command: string; description: string }[] =>
  (['on', 'off', 'queue', 'mine', 'requests', 'overdue', 'today', 'q', 'stats', 'help'] as const).map((command) => ({
    command,
    description: words.plain(staffLanguage, { key: `commands.staff.${command}` }),
  }))
