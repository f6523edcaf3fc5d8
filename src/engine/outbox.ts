import { backOffMs, waited } from '../infra/backOff.ts'
import type { Clock } from '../infra/clock.ts'
import type { Sql } from '../infra/database.ts'
import { AppError } from '../infra/errors.ts'
import type { Logger } from '../infra/logger.ts'
import { point } from '../infra/points.ts'
import type { Channel, Delivered, FileToSend } from './channel.ts'
import { type ChatId, type Messenger, messengerOf } from './event.ts'
import {
  chatsPending,
  closeBlocked,
  isBefore,
  isLate,
  messageOf,
  messagesOfWords,
  type OutboxRow,
  pendingOf,
} from './outboxRows.ts'
import type { Outgoing } from './outgoing.ts'
import { Settling } from './settling.ts'
import type { Save, Saved } from './store.ts'

/** Where the bytes of a shown file come from, and where a platform's own id of it is kept. */
export interface FilesToSend {
  open(id: string, messenger: Messenger): Promise<FileToSend>
  /** What is to be shown with its pictures drawn; one that cannot be, or may not be seen any more, gives way to its words. */
  ready(outgoing: Outgoing, chat: ChatId, messenger: Messenger): Promise<Ready>
  remember(messenger: Messenger, refs: Delivered['fileRefs']): Promise<void>
}

/** `drawn`: the pictures in it by the ids of their files. */
export interface Ready {
  outgoing: Outgoing
  drawn: ReadonlyMap<string, FileToSend>
}

const nothingDrawn: Ready['drawn'] = new Map()

const mostBlindTries = 8

/** How long an ending sender goes on; another may begin a little later at the earliest. */
const lastWordsMs = 3_000

/** This process as the sender of a messenger: when it must not wait any more, and when it must not send any more. */
interface Sender {
  ending: AbortController
  over: AbortController
}

/** A chat in delivery: one row after another, never two at once, never past a row that has to wait. */
interface Lane {
  chat: ChatId
  queue: OutboxRow[]
  /** The latest revision we know to be saved. */
  revision: number
  last: { revision: number; ordinal: number }
  /** What is pending has to be read again: somebody else has committed in between, or what we had may be out of date. */
  reload: boolean
}

/**
 * Delivers what turns have committed, in the messengers this process is the sender of: it holds the lease of their token, and
 * with it all their chats. What others have committed, or a process before us left, is found by `sweep`. A row is tried for as
 * long as it lives, holds up its own chat and no other.
 */
export class Outbox {
  private readonly lanes = new Map<ChatId, { lane: Lane; done: Promise<void> }>()
  private readonly sending = new Map<Messenger, Sender>()
  /** Of chats whose delivery has lately ended: all up to this revision is settled, whatever a save that was under way then has seen. */
  private readonly settled = new Map<ChatId, number>()
  private readonly settling: Settling

  constructor(
    private readonly deps: {
      sql: Sql
      channels: ReadonlyMap<Messenger, Channel>
      clock: Clock
      log: Logger
      files: FilesToSend
    },
  ) {
    this.settling = new Settling(deps)
  }

  /** From now on this process is the sender of a messenger. */
  begin(messenger: Messenger): void {
    this.sending.set(messenger, { ending: new AbortController(), over: new AbortController() })
  }

  /**
   * It no longer is: answers when what was under way has been sent and noted. What has to wait, or takes longer than a moment,
   * stays for the next sender.
   */
  async end(messenger: Messenger): Promise<void> {
    const sender = this.sending.get(messenger)
    if (!sender) return
    this.sending.delete(messenger)
    sender.ending.abort()
    const late = setTimeout(() => sender.over.abort(), lastWordsMs)
    const own = [...this.lanes.values()].filter(({ lane }) => messengerOf(lane.chat) === messenger)
    await Promise.all(own.map(({ done }) => done))
    clearTimeout(late)
  }

  /** A turn has been committed: what it shows is delivered now. */
  accept({ chat, older }: Saved, { revision, outgoing }: Save): void {
    const createdAt = this.deps.clock.now()
    const rows = outgoing.map((body, ordinal) => ({ revision, ordinal, body, messages: [], attempts: 0, createdAt }))
    const running = this.lanes.get(chat)?.lane
    if (running) {
      // Another process has committed in between: what it shows comes first.
      if (revision > running.revision + 1) running.reload = true
      running.revision = Math.max(running.revision, revision)
      running.queue.push(...rows)
    } else if (rows.length > 0 && this.sending.has(messengerOf(chat))) {
      const isBehind = older && this.settled.get(chat) !== revision - 1
      this.start(chat, isBehind ? [] : rows, revision, isBehind)
    }
  }

  /** Delivers what is pending and has not been handed to us. */
  async sweep(): Promise<void> {
    this.settled.clear()
    if (this.sending.size === 0) return
    const chats = await chatsPending(this.deps.sql, [...this.sending.keys()], [...this.lanes.keys()])
    for (const chat of chats)
      if (!this.lanes.has(chat) && this.sending.has(messengerOf(chat))) this.start(chat, [], 0, true)
  }

  /** The process is to end: a database that does not answer is no longer waited for as long as it takes. */
  close(): void {
    this.settling.close()
  }

  /** Answers when nothing is under way. */
  async idle(): Promise<void> {
    while (this.lanes.size > 0) await Promise.all([...this.lanes.values()].map(({ done }) => done))
  }

  private start(chat: ChatId, queue: OutboxRow[], revision: number, reload: boolean): void {
    const lane: Lane = { chat, queue, revision, last: { revision: -1, ordinal: -1 }, reload }
    const done = this.run(lane)
      .catch((error) => this.deps.log.error({ err: error }, 'a delivery stopped unexpectedly'))
      .finally(() => this.ended(lane))
    this.lanes.set(chat, { lane, done })
  }

  private async run(lane: Lane): Promise<void> {
    const messenger = messengerOf(lane.chat)
    const channel = this.deps.channels.get(messenger)
    const sender = this.sending.get(messenger)
    if (!channel || !sender) return
    for (;;) {
      while (lane.reload) await this.reload(lane)
      const row = lane.queue.shift()
      if (!row) this.settled.set(lane.chat, lane.revision)
      // In the same tick, so that no row is handed to a lane that has ended.
      if (!row || sender.over.signal.aborted) return this.ended(lane)
      if (!isBefore(lane.last, row)) continue
      lane.last = row
      if (!(await this.deliver(lane, row, channel, sender))) return
    }
  }

  private ended(lane: Lane): void {
    if (this.lanes.get(lane.chat)?.lane === lane) this.lanes.delete(lane.chat)
  }

  /** Shows one row, again and again until it is shown or refused. False when we must stop before. */
  private async deliver(lane: Lane, row: OutboxRow, channel: Channel, sender: Sender): Promise<boolean> {
    if (isLate(row, this.deps.clock.now())) return this.withdraw(lane, row)
    let { messages } = row
    for (let attempt = row.attempts; ; attempt++) {
      point('delivery.start')
      const ready = await this.ready(row.body, lane.chat, channel.name)
      if (sender.over.signal.aborted) return false
      const tried = await this.attempt(channel, lane.chat, row, ready, messages.length, attempt)
      point('delivery.sent')
      const { failure } = tried
      messages = [...messages, ...tried.messages]
      const later = failure !== undefined && failure.retry !== 'never'
      const stands = await this.settling.note({
        chat: lane.chat,
        revision: row.revision,
        ordinal: row.ordinal,
        state: !failure ? 'sent' : later ? 'pending' : 'dropped',
        messages,
        ...(failure && { failure: failure.code }),
      })
      point('delivery.settled')
      const { fileRefs } = tried
      if (fileRefs.length > 0)
        await this.settling.untilDatabaseAnswers(() => this.deps.files.remember(channel.name, fileRefs))
      if (!stands) Object.assign(lane, { queue: [], reload: true })
      if (!later || !stands) {
        if (failure) await this.refused(lane, row, failure)
        return true
      }
      if (!(await waited(Math.max(Number(failure.retry), backOffMs(attempt + 1)), sender.ending.signal))) return false
    }
  }

  private async withdraw(lane: Lane, { revision, ordinal, messages }: OutboxRow): Promise<true> {
    const withdrawn = { chat: lane.chat, revision, ordinal, state: 'dropped', messages, failure: 'LATE' } as const
    if (!(await this.settling.note(withdrawn))) Object.assign(lane, { queue: [], reload: true })
    return true
  }

  private async attempt(
    channel: Channel,
    chat: ChatId,
    row: OutboxRow,
    { outgoing, drawn }: Ready,
    partsDone: number,
    attempt: number,
  ): Promise<Delivered> {
    // What has been shown in part goes on as it began.
    const delivering = channel.deliver(chat, partsDone > 0 ? row.body : outgoing, {
      id: `${chat}:${row.revision}:${row.ordinal}`,
      partsDone,
      file: (id) => this.open(id, channel.name, drawn),
    })
    return delivering.catch((error) => {
      // A channel answers its failures: what it throws is a bug of ours, which is not tried for ever.
      this.deps.log.error({ err: error, messenger: channel.name }, 'a delivery failed unexpectedly')
      const failure =
        attempt < mostBlindTries ? new AppError('PLATFORM_DOWN', { retry: 1_000 }) : new AppError('PLATFORM_REFUSED')
      return { messages: [], fileRefs: [], failure }
    })
  }

  private async ready(body: Outgoing, chat: ChatId, messenger: Messenger): Promise<Ready> {
    const outgoing = body.kind === 'show' ? await this.placed(body, chat) : body
    const hasPictures = outgoing.kind === 'show' && outgoing.files.some((file) => 'drawn' in file)
    if (!hasPictures) return { outgoing, drawn: nothingDrawn }
    return this.settling.untilDatabaseAnswers(() => this.deps.files.ready(outgoing, chat, messenger))
  }

  /** With the messages of what was shown before: where one is not known this is shown as something new, and as no answer. */
  private async placed(outgoing: Outgoing & { kind: 'show' }, chat: ChatId): Promise<Outgoing> {
    const { revises, corrects, answers, ...shown } = outgoing
    if (revises === undefined && corrects === undefined && answers === undefined) return outgoing
    const known = <Known>(look: (sql: Sql) => Promise<Known>) =>
      this.settling.untilDatabaseAnswers(() => look(this.deps.sql))
    if (revises !== undefined) {
      const replaces = await known((sql) => messageOf(sql, chat, revises))
      return { ...shown, ...(replaces !== undefined && { replaces }) }
    }
    const messages = await known((sql) => messagesOfWords(sql, chat, corrects ?? answers?.revision ?? 0))
    const [first, ...more] = messages
    if (corrects !== undefined)
      return { ...shown, ...(first !== undefined && more.length === 0 && { replaces: first }) }
    const repliesTo = messages[(answers?.part ?? 1) - 1] ?? messages.at(-1)
    return { ...shown, ...(repliesTo !== undefined && { repliesTo }) }
  }

  private async open(id: string, messenger: Messenger, drawn: Ready['drawn']): Promise<FileToSend> {
    const file = drawn.get(id) ?? (await this.settling.untilDatabaseAnswers(() => this.deps.files.open(id, messenger)))
    return { ...file, bytes: () => this.settling.untilDatabaseAnswers(() => file.bytes()) }
  }

  private async refused(lane: Lane, row: OutboxRow, failure: AppError): Promise<void> {
    if (failure.code === 'CHAT_BLOCKED') {
      lane.reload = true
      await this.settling.untilDatabaseAnswers(() =>
        closeBlocked(this.deps.sql, lane.chat, row.revision, this.deps.clock.now()),
      )
    } else this.deps.log.error({ ...failure.facts, failure: failure.code }, 'a platform refused what we sent')
  }

  private async reload(lane: Lane): Promise<void> {
    lane.reload = false
    const { rows, revision } = await this.settling.untilDatabaseAnswers(() => pendingOf(this.deps.sql, lane.chat))
    lane.revision = Math.max(lane.revision, revision)
    const later = lane.queue.filter((row) => !rows.some((known) => !isBefore(known, row)))
    lane.queue = [...rows, ...later]
  }
}
