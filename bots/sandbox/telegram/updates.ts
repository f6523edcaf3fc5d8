import type { Gates } from '../gates.ts'
import { Refused } from '../refused.ts'
import type { World } from '../world/world.ts'
import type { Update } from './shapes.ts'
import type { TelegramBot } from './state.ts'

const TOLD_KEPT = 300
const MAX_WAIT_SECONDS = 50

interface Asked {
  offset?: number
  limit?: number
  timeout?: number
  allowed_updates?: string[]
}

/** The queues of updates, and the long polls that wait on them. */
export class Updates {
  private readonly polls = new Map<number, AbortController>()
  /** Told once more although confirmed long ago, as a platform may. */
  private readonly repeats = new Map<number, Update[]>()

  constructor(
    private readonly world: World,
    private readonly gates: Gates,
  ) {}

  push(bot: TelegramBot, what: Omit<Update, 'update_id'>): void {
    const kind = Object.keys(what)[0] ?? ''
    // Without a list all kinds are told but this one, which has to be asked for.
    if (bot.allowed.length > 0 ? !bot.allowed.includes(kind) : kind === 'chat_member') return
    bot.queue.push({ update_id: bot.nextUpdateId++, ...what })
    this.tell(bot)
  }

  /** Tells the last `count` updates that were already confirmed a second time. */
  repeat(bot: TelegramBot, count: number): void {
    this.repeats.set(bot.id, [...(this.repeats.get(bot.id) ?? []), ...bot.told.slice(-count)])
    this.tell(bot)
  }

  tell(bot: TelegramBot): void {
    this.world.changed({ kind: 'update', messenger: 'telegram', bot: bot.id })
  }

  async get(bot: TelegramBot, asked: Asked, signal: AbortSignal): Promise<Update[]> {
    if (asked.allowed_updates) bot.allowed = asked.allowed_updates
    this.confirm(bot, asked.offset ?? 0)
    this.polls.get(bot.id)?.abort()
    const mine = new AbortController()
    this.polls.set(bot.id, mine)
    const limit = asked.limit ?? 100
    const waitMs = Math.min(asked.timeout ?? 0, MAX_WAIT_SECONDS) * 1000
    try {
      const ended = AbortSignal.any([signal, mine.signal])
      const found = await this.world.news.when(() => this.waiting(bot, limit), { waitMs, signal: ended })
      if (mine.signal.aborted) {
        throw new Refused(
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        )
      }
      if (found && !signal.aborted) this.repeats.delete(bot.id)
      return found ?? []
    } finally {
      if (this.polls.get(bot.id) === mine) this.polls.delete(bot.id)
    }
  }

  private waiting(bot: TelegramBot, limit: number): Update[] | undefined {
    if (this.gates.isHeld('telegram')) return undefined
    const all = [...(this.repeats.get(bot.id) ?? []), ...bot.queue]
    return all.length > 0 ? all.slice(0, limit) : undefined
  }

  /** A positive offset confirms all before it; a negative one keeps so many of the last and forgets the rest. */
  private confirm(bot: TelegramBot, offset: number): void {
    if (offset === 0) return
    const isDone = (update: Update, at: number) =>
      offset > 0 ? update.update_id < offset : at < bot.queue.length + offset
    const done = bot.queue.filter(isDone)
    if (done.length === 0) return
    bot.told = [...bot.told, ...done].slice(-TOLD_KEPT)
    bot.queue = bot.queue.filter((update) => !done.includes(update))
    this.world.changed({ kind: 'update', messenger: 'telegram', bot: bot.id })
  }
}
