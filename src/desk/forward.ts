import type { ChatId, Event } from '../engine/event.ts'
import type { Clock } from '../infra/clock.ts'
import type { Sql } from '../infra/database.ts'
import { hashedId } from '../infra/hashedId.ts'
import type { Logger } from '../infra/logger.ts'
import { point } from '../infra/points.ts'
import type { DeskChannel } from './channel.ts'
import { fetched } from './fetched.ts'
import { failLine, type PendingLine, pendingLines, settleLines, storeFiles } from './forwardRows.ts'
import { Lanes } from './lanes.ts'
import { shownAs, type Words } from './records.ts'
import { albumOf, mostInAlbum, restsMs } from './rests.ts'

const mostHandOffs = 8

interface Deps {
  sql: Sql
  channel: Pick<DeskChannel, 'fetchFile'>
  clock: Clock
  log: Logger
  /** Keeps bytes of a consultant's file, once by its id. */
  keepFile(file: { id: string; kind: string; name: string; bytes: Uint8Array; chat: ChatId }): Promise<void>
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
  private readonly lanes: Lanes

  constructor(private readonly deps: Deps) {
    const { clock, log } = deps
    const sweep = () => this.sweep()
    this.lanes = new Lanes({ clock, log, sweep, sweepWaits: 'the desk waits', laneWaits: 'a line waits' })
  }

  changed(): void {
    this.lanes.changed()
  }

  end(): Promise<void> {
    return this.lanes.end()
  }

  private async sweep(): Promise<void> {
    const { sql, clock } = this.deps
    const lines = await pendingLines(sql)
    for (const handOff of new Set(lines.map((line) => line.handOff))) {
      if (this.lanes.size >= mostHandOffs || this.lanes.isEnding) break
      if (!this.lanes.isFree(handOff)) continue
      const own = lines.filter((line) => line.handOff === handOff)
      this.lanes.start(handOff, () => this.handOver(handOff, own))
    }
    if (await settleLines(sql, clock.now())) this.deps.changed()
  }

  private async handOver(handOff: string, lines: PendingLine[]): Promise<void> {
    const albums = inAlbums(lines)
    for (const pieces of albums) {
      if (this.lanes.isEnding) return
      const rests = restsMs(pieces, pieces === albums.at(-1), this.deps.clock.now())
      if (rests > 0) return this.lanes.rest(handOff, rests)
      await this.tell(pieces)
    }
  }

  /** One line, or the pieces of an album: the conversation takes with the first one all that are stored. */
  private async tell(pieces: readonly PendingLine[]): Promise<void> {
    const ready: PendingLine[] = []
    for (const line of pieces) if (line.body.kind !== 'words' || (await this.stored(line, line.body))) ready.push(line)
    const [first] = ready
    if (!first) return
    point('forum.lineStored')
    const { id, chat } = first
    const what = { kind: 'summons', dialog: 'consultant', about: { line: id } } as const
    const input = { kind: 'due', timer: `desk:${id}`, what } as const
    await this.deps.handle([{ id: `desk:${id}`, chat, at: this.deps.clock.now(), input }])
    point('forum.lineTold')
    // A conversation that knows nobody any more takes no line.
    for (const line of ready)
      if (await failLine(this.deps.sql, line.id, 'NOBODY', this.deps.clock.now())) this.deps.changed()
  }

  /** Its files are fetched and kept. One that cannot be had is told of in the topic; a line that was nothing else is over: false. */
  private async stored(line: PendingLine, words: Words): Promise<boolean> {
    if (words.files.length === 0) return true
    const { sql, channel, clock, keepFile } = this.deps
    const stored: NonNullable<Words['stored']> = []
    let failure: string | undefined
    for (const [nth, file] of words.files.entries()) {
      const came = await fetched(() => channel.fetchFile(file.ref))
      if ('failure' in came) failure = came.failure
      else {
        // The same whenever it is kept: who is killed before it is noted leaves no file that nobody uses.
        const id = hashedId(`desk line ${line.id} file ${nth}`)
        const [kind, { name }] = [shownAs(file), file]
        await keepFile({ id, kind, name, bytes: came.bytes, chat: line.chat })
        stored.push({ id, kind, name })
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
}

/** Lines that follow one another, the pieces of an album together. */
function inAlbums(lines: readonly PendingLine[]): PendingLine[][] {
  const albums: PendingLine[][] = []
  for (const line of lines) {
    const last = albums.at(-1)
    const album = albumOf(line)
    const joins = last?.[0] !== undefined && album !== undefined && albumOf(last[0]) === album
    if (joins && last.length < mostInAlbum) last.push(line)
    else albums.push([line])
  }
  return albums
}
