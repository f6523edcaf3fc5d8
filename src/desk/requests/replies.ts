import type { RequestFile } from '../../domain/requests/lines.ts'
import type { ChatId, InboundFile } from '../../engine/event.ts'
import { type Text, text } from '../../engine/text.ts'
import type { Clock } from '../../infra/clock.ts'
import { type Database, inTransaction, sqlOn } from '../../infra/database.ts'
import { hashedId } from '../../infra/hashedId.ts'
import type { Logger } from '../../infra/logger.ts'
import { point } from '../../infra/points.ts'
import type { DeskChannel } from '../channel.ts'
import { fetched } from '../fetched.ts'
import { Lanes } from '../lanes.ts'
import { requestAlbumRestsMs } from '../rests.ts'
import { pendingReplies, type Reply } from './replyRows.ts'
import { findRequest } from './request.ts'
import { sendReply } from './sendReply.ts'

const mostAtOnce = 4

interface Deps {
  database: Pick<Database, 'pool'>
  channel: Pick<DeskChannel, 'fetchFile'>
  clock: Clock
  log: Logger
  /** Keeps bytes of a consultant's file, once by its id. */
  keepFile(file: { id: string; kind: string; name: string; bytes: Uint8Array; chat: ChatId }): Promise<void>
  /** Posts have been added for the forum, and notices for residents. */
  changed(): void
}

/** Fetches from the forum the files that consultants send in answer to requests, and sends the answers when they are here. */
export class RequestReplies {
  private readonly lanes: Lanes

  constructor(private readonly deps: Deps) {
    const { clock, log } = deps
    const sweep = () => this.sweep()
    this.lanes = new Lanes({ clock, log, sweep, sweepWaits: 'answers to requests wait', laneWaits: 'an answer waits' })
  }

  changed(): void {
    this.lanes.changed()
  }

  end(): Promise<void> {
    return this.lanes.end()
  }

  private async sweep(): Promise<void> {
    const { database, clock } = this.deps
    for (const reply of await pendingReplies(sqlOn(database), new Date(clock.now().getTime() - requestAlbumRestsMs))) {
      if (this.lanes.size >= mostAtOnce || this.lanes.isEnding) return
      if (this.lanes.isFree(reply.id)) this.lanes.start(reply.id, () => this.send(reply))
    }
  }

  private async send({ id, request, files }: Reply): Promise<void> {
    const { database, clock, changed } = this.deps
    const found = await findRequest(sqlOn(database), request)
    if (!found) return
    const stored: RequestFile[] = []
    let failure: Text | undefined
    for (const [nth, file] of files.entries()) {
      // The same whenever it is tried: who is killed, or must wait for another file of it, leaves none that nobody uses.
      const came = await this.stored(file, hashedId(`request reply ${id} file ${nth}`), found.chat)
      if ('id' in came) stored.push(came)
      else failure ??= came
    }
    point('forum.replyStored')
    const sending = { id, stored, ...(failure && { failure }) }
    await inTransaction(database, (sql) => sendReply(sql, { ...sending, now: clock.now() }))
    changed()
  }

  /** Or why it cannot be had. */
  private async stored(file: InboundFile, id: string, chat: ChatId): Promise<RequestFile | Text> {
    const { channel, keepFile } = this.deps
    const { kind, name, ref } = file
    const came = await fetched(() => channel.fetchFile(ref))
    if ('failure' in came) {
      const isTooLarge = came.failure === 'FILE_TOO_LARGE'
      return text(isTooLarge ? 'desk.request.reply.fileTooLarge' : 'desk.request.reply.fileGone', { name })
    }
    const { bytes } = came
    if (bytes.length === 0) return text('desk.request.reply.fileEmpty', { name })
    await keepFile({ id, kind, name, bytes, chat })
    return { id, kind, name, size: bytes.length }
  }
}
