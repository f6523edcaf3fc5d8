import DataLoader from 'dataloader'
import { backOffMs, waited } from '../infra/backOff.ts'
import type { Clock } from '../infra/clock.ts'
import type { Sql } from '../infra/database.ts'
import { AppError } from '../infra/errors.ts'
import type { Logger } from '../infra/logger.ts'
import { point } from '../infra/points.ts'
import type { Channel, Delivered, FileToSend } from './channel.ts'
import { type ChatId, type Messenger, messengerOf } from './event.ts'
import {
  closeBlocked,
  isBefore,
  type OutboxRow,
  pendingOf,
  renew,
  type Settled,
  settle,
  takeOver,
} from './outboxRows.ts'
import type { Save, Saved } from './store.ts'

/** Where the bytes of a shown file come from, and where a platform's own id of it is kept. */
export interface FilesToSend {
  open(id: string, messenger: Messenger): Promise<FileToSend>
  remember(messenger: Messenger, refs: Delivered['fileRefs']): Promise<void>
}

const leaseSeconds = 30
const renewalSeconds = 10
const mostBlindTries = 8

/** A chat in delivery: one row after another, never two at once, never past a row that has to wait. */
interface Lane {
  chat: ChatId
  queue: OutboxRow[]
  /** The latest revision we know to be saved; the lease is given back only if it still is. */
  revision: number
  last: { revision: number; ordinal: number }
  reload: boolean
  lost: boolean
}

/**
 * Delivers what turns have committed. A chat is leased to one process, which delivers at once; `sweep` takes over chats that
 * nobody delivers to (their process died, or committed what it cannot send). Rows are retried for as long as they live.
 */
export class Outbox {
  private readonly lanes = new Map<ChatId, { lane: Lane; done: Promise<void> }>()
  private readonly stopping = new AbortController()
  private readonly settling: DataLoader<Settled, boolean>
  private renewal: NodeJS.Timeout | undefined

  constructor(
    private readonly deps: {
      sql: Sql
      channels: ReadonlyMap<Messenger, Channel>
      owner: string
      clock: Clock
      log: Logger
      files: FilesToSend
    },
  ) {
    let underWay: Promise<unknown> = Promise.resolve()
    this.settling = new DataLoader<Settled, boolean>(
      async (tries) => {
        const settled = this.untilDatabaseAnswers(() => settle(deps.sql, tries, deps.owner, deps.clock.now()))
        underWay = settled
        const released = await settled
        return tries.map(({ chat, release }) => release !== undefined && released.has(chat))
      },
      // What is told while a group is being noted goes together into the next.
      { cache: false, maxBatchSize: 200, batchScheduleFn: (dispatch) => void underWay.then(dispatch, dispatch) },
    )
    this.renewal = setInterval(() => void this.renewLeases().catch(() => {}), renewalSeconds * 1000)
    this.renewal.unref()
  }

  /** Messengers this process may send to: it holds the sender's lease of their tokens. */
  readonly sending = new Set<Messenger>()

  lease() {
    const now = this.deps.clock.now()
    return {
      owner: this.deps.owner,
      now,
      until: new Date(now.getTime() + leaseSeconds * 1000),
      sending: (chat: ChatId) => this.sending.has(messengerOf(chat)) && !this.stopping.signal.aborted,
    }
  }

  /** A turn has been committed: what it shows is delivered now if this chat is ours. */
  accept(saved: Saved, { chat, revision, outgoing }: Save): void {
    const rows = outgoing.map((body, ordinal) => ({ revision, ordinal, body, partsDone: 0, attempts: 0 }))
    const running = this.lanes.get(chat)?.lane
    if (running) {
      // Another process has committed in between: what it shows comes first.
      if (revision > running.revision + 1) running.reload = true
      running.revision = Math.max(running.revision, revision)
      if (saved.mine) running.queue.push(...rows)
      return
    }
    if (saved.mine && rows.length > 0) this.start(chat, saved.older ? [] : rows, revision, saved.older)
  }

  /** Takes over chats in which something is pending and nobody delivers. */
  async sweep(): Promise<void> {
    if (this.sending.size === 0 || this.stopping.signal.aborted) return
    const chats = await takeOver(this.deps.sql, [...this.sending], this.lease())
    for (const chat of chats) if (!this.lanes.has(chat)) this.start(chat, [], 0, true)
  }

  /** Answers when nothing is under way. */
  async idle(): Promise<void> {
    while (this.lanes.size > 0) await Promise.all([...this.lanes.values()].map(({ done }) => done))
  }

  /** Ends the deliveries under way and begins no other; what is pending stays for the next process. */
  async stop(): Promise<void> {
    this.stopping.abort()
    clearInterval(this.renewal)
    await this.idle()
  }

  private start(chat: ChatId, queue: OutboxRow[], revision: number, reload: boolean): void {
    const lane: Lane = { chat, queue, revision, last: { revision: -1, ordinal: -1 }, reload, lost: false }
    const done = this.run(lane)
      .catch((error) => this.deps.log.error({ err: error }, 'a delivery stopped unexpectedly'))
      .finally(() => {
        if (this.lanes.get(chat)?.lane === lane) this.lanes.delete(chat)
      })
    this.lanes.set(chat, { lane, done })
  }

  private async run(lane: Lane): Promise<void> {
    while (!lane.lost) {
      while (lane.reload) await this.reload(lane)
      const row = lane.queue.shift()
      if (row && !isBefore(lane.last, row)) continue
      if (this.stopping.signal.aborted) return void (await this.giveBack(lane))
      if (row) {
        lane.last = row
        if (await this.deliver(lane, row)) return
      } else if (!lane.lost && !lane.reload) {
        if (await this.giveBack(lane)) return
        lane.reload = true
      }
    }
  }

  /** Shows one row, again and again until it is shown or refused. True when the chat's lease was given back with it. */
  private async deliver(lane: Lane, row: OutboxRow): Promise<boolean> {
    const channel = this.deps.channels.get(messengerOf(lane.chat))
    if (!channel) return false
    for (let partsDone = row.partsDone, attempt = row.attempts; !lane.lost; attempt++) {
      point('delivery.start')
      const { messages, fileRefs, failure } = await this.attempt(channel, lane.chat, row, partsDone, attempt)
      point('delivery.sent')
      const told = messages.map((message, index) => ({ part: partsDone + index, message }))
      partsDone += messages.length
      const later = failure !== undefined && failure.retry !== 'never'
      const settled = await this.settling.load({
        chat: lane.chat,
        revision: row.revision,
        ordinal: row.ordinal,
        state: !failure ? 'sent' : later ? 'pending' : 'dropped',
        partsDone,
        messages: told,
        ...(failure && { failure: failure.code }),
        ...(!later && lane.queue.length === 0 && !lane.reload && { release: lane.revision }),
      })
      point('delivery.settled')
      if (fileRefs.length > 0) await this.untilDatabaseAnswers(() => this.deps.files.remember(channel.name, fileRefs))
      if (!later) {
        if (failure) await this.refused(lane, row, failure)
        return settled && this.ended(lane)
      }
      if (!(await waited(Math.max(Number(failure.retry), backOffMs(attempt + 1)), this.stopping.signal))) return false
    }
    return false
  }

  private async attempt(
    channel: Channel,
    chat: ChatId,
    row: OutboxRow,
    partsDone: number,
    attempt: number,
  ): Promise<Delivered> {
    const { body } = row
    const delivering = channel.deliver(chat, body, {
      id: `${chat}:${row.revision}:${row.ordinal}`,
      partsDone,
      textButtonsOnly: body.kind === 'show' && body.textButtonsOnly === true,
      file: (id) => this.open(id, channel.name),
    })
    return delivering.catch((error) => {
      // A channel answers its failures: what it throws is a bug of ours, which is not tried for ever.
      this.deps.log.error({ err: error, messenger: channel.name }, 'a delivery failed unexpectedly')
      const failure =
        attempt < mostBlindTries ? new AppError('PLATFORM_DOWN', { retry: 1_000 }) : new AppError('PLATFORM_REFUSED')
      return { messages: [], fileRefs: [], failure }
    })
  }

  private async open(id: string, messenger: Messenger): Promise<FileToSend> {
    const file = await this.untilDatabaseAnswers(() => this.deps.files.open(id, messenger))
    return { ...file, bytes: () => this.untilDatabaseAnswers(() => file.bytes()) }
  }

  private async refused(lane: Lane, row: OutboxRow, failure: AppError): Promise<void> {
    if (failure.code === 'CHAT_BLOCKED') {
      lane.reload = true
      await this.untilDatabaseAnswers(() => closeBlocked(this.deps.sql, lane.chat, row.revision, this.deps.clock.now()))
    } else this.deps.log.error({ ...failure.facts, failure: failure.code }, 'a platform refused what we sent')
  }

  private async giveBack(lane: Lane): Promise<boolean> {
    const nothing = { revision: -1, ordinal: -1, state: 'sent' as const, partsDone: 0, messages: [] }
    const given = await this.settling.load({ chat: lane.chat, ...nothing, release: lane.revision })
    return given && (this.stopping.signal.aborted || this.ended(lane))
  }

  /** Called in the same tick in which the lease is known to be given back, so that no row is handed to a lane that has ended. */
  private ended(lane: Lane): boolean {
    if (lane.queue.length > 0) return false
    this.lanes.delete(lane.chat)
    return true
  }

  private async reload(lane: Lane): Promise<void> {
    lane.reload = false
    const { rows, revision, mine } = await this.untilDatabaseAnswers(() =>
      pendingOf(this.deps.sql, lane.chat, this.deps.owner),
    )
    lane.lost = !mine
    lane.revision = Math.max(lane.revision, revision)
    const later = lane.queue.filter((row) => !rows.some((known) => !isBefore(known, row)))
    lane.queue = [...rows, ...later]
  }

  private async renewLeases(): Promise<void> {
    const chats = [...this.lanes.keys()]
    if (chats.length === 0) return
    const ours = await renew(this.deps.sql, chats, this.deps.owner, this.lease().until)
    for (const chat of chats) {
      const lane = this.lanes.get(chat)?.lane
      if (lane && !ours.has(chat)) lane.lost = true
    }
  }

  /** A delivery that was made must be noted, however long the database is away. */
  private async untilDatabaseAnswers<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work()
      } catch (error) {
        if (attempt === 0) this.deps.log.warn({ err: error }, 'the outbox waits for the database')
        if (this.stopping.signal.aborted && attempt > 5) throw error
        await waited(backOffMs(attempt + 1), new AbortController().signal)
      }
    }
  }
}
