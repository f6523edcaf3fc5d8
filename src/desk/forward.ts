import type { ChatId, Event, InboundFile } from '../engine/event.ts'
import { backOffMs, waited } from '../infra/backOff.ts'
import type { Clock } from '../infra/clock.ts'
import { isTransient, type Sql } from '../infra/database.ts'
import { AppError } from '../infra/errors.ts'
import type { Logger } from '../infra/logger.ts'
import { point } from '../infra/points.ts'
import type { DeskChannel } from './channel.ts'
import { failLine, type PendingLine, pendingLines, settleLines, storeFiles } from './forwardRows.ts'
import type { Words } from './records.ts'

const sweepEveryMs = 1_000
const mostHandOffs = 8

interface Deps {
  sql: Sql
  channel: Pick<DeskChannel, 'fetchFile'>
  clock: Clock
  log: Logger
  /** Keeps bytes of a consultant's file; answers its id. */
  keepFile(file: { kind: string; name: string; bytes: Uint8Array; chat: ChatId }): Promise<string>
  /** The engine: answers when the event's turn is committed. */
  handle(events: Event[]): Promise<void>
  /** Posts have been added for the forum. */
  changed(): void
}

/**
 * Hands what consultants and the desk say to residents' conversations, each hand-off's lines in order, and tells the topic of a line that did not
 * reach its resident. A line handed over twice is taken once: the engine knows its event.
 */
export class Forwarder {
  private readonly lanes = new Map<string, Promise<void>>()
  private readonly resting = new Map<string, { until: number; tries: number }>()
  private readonly ending = new AbortController()
  private wake = new AbortController()
  private readonly loop: Promise<void>

  constructor(private readonly deps: Deps) {
    this.loop = this.run()
  }

  changed(): void {
    this.wake.abort()
  }

  async end(): Promise<void> {
    this.ending.abort()
    this.wake.abort()
    await this.loop
    await Promise.all(this.lanes.values())
  }

  private async run(): Promise<void> {
    while (!this.ending.signal.aborted) {
      this.wake = new AbortController()
      await this.sweep().catch((error) => this.deps.log.warn({ err: error }, 'the desk waits'))
      await waited(sweepEveryMs, this.wake.signal)
    }
  }

  private async sweep(): Promise<void> {
    const { sql, clock } = this.deps
    const lines = await pendingLines(sql)
    for (const handOff of new Set(lines.map((line) => line.handOff))) {
      if (this.lanes.size >= mostHandOffs || this.ending.signal.aborted) break
      if (this.lanes.has(handOff) || (this.resting.get(handOff)?.until ?? 0) > clock.now().getTime()) continue
      const own = lines.filter((line) => line.handOff === handOff)
      const done = this.handOver(handOff, own).finally(() => {
        this.lanes.delete(handOff)
        this.wake.abort()
      })
      this.lanes.set(handOff, done)
    }
    if (await settleLines(sql, clock.now())) this.deps.changed()
  }

  private async handOver(handOff: string, lines: PendingLine[]): Promise<void> {
    try {
      for (const line of lines) {
        if (this.ending.signal.aborted) return
        await this.tell(line)
      }
      this.resting.delete(handOff)
    } catch (error) {
      const tries = (this.resting.get(handOff)?.tries ?? 0) + 1
      this.resting.set(handOff, { tries, until: this.deps.clock.now().getTime() + backOffMs(tries) })
      if (!isTransient(error)) this.deps.log.warn({ err: error, tries }, 'a line waits')
    }
  }

  private async tell(line: PendingLine): Promise<void> {
    if (line.body.kind === 'words' && !(await this.stored(line, line.body))) return
    point('forum.lineStored')
    const what = { kind: 'summons', dialog: 'consultant', about: { line: line.id } } as const
    const input = { kind: 'due', timer: `desk:${line.id}`, what } as const
    await this.deps.handle([{ id: `desk:${line.id}`, chat: line.chat, at: this.deps.clock.now(), input }])
    point('forum.lineTold')
    // A conversation that knows nobody any more takes no line.
    if (await failLine(this.deps.sql, line.id, 'NOBODY', this.deps.clock.now())) this.deps.changed()
  }

  /** Its files are fetched and kept. One that cannot be had is told of in the topic; a line that was nothing else is over: false. */
  private async stored(line: PendingLine, words: Words): Promise<boolean> {
    if (words.files.length === 0) return true
    const { sql, clock, keepFile } = this.deps
    const stored: NonNullable<Words['stored']> = []
    let failure: string | undefined
    for (const file of words.files) {
      const fetched = await this.fetched(file)
      if ('failure' in fetched) failure = fetched.failure
      else {
        const kind = file.kind === 'photo' || file.kind === 'voice' ? file.kind : 'document'
        const id = await keepFile({ kind, name: file.name, bytes: fetched.bytes, chat: line.chat })
        stored.push({ id, kind, name: file.name })
      }
    }
    if (failure !== undefined) this.deps.changed()
    if (failure !== undefined && stored.length === 0 && words.text.text === '' && !words.location) {
      await failLine(sql, line.id, failure, clock.now())
      return false
    }
    await storeFiles(sql, line.id, stored, failure, clock.now())
    return true
  }

  private async fetched({ ref }: InboundFile): Promise<{ bytes: Uint8Array } | { failure: string }> {
    try {
      return { bytes: await this.deps.channel.fetchFile(ref) }
    } catch (error) {
      if (!(error instanceof AppError) || error.retry !== 'never') throw error
      return { failure: error.code }
    }
  }
}
