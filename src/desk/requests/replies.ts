import type { RequestFile } from '../../domain/requests/lines.ts'
import type { ChatId, InboundFile } from '../../engine/event.ts'
import { type Text, text } from '../../engine/text.ts'
import type { Clock } from '../../infra/clock.ts'
import { type Database, inTransaction, sqlOn } from '../../infra/database.ts'
import { AppError } from '../../infra/errors.ts'
import type { Logger } from '../../infra/logger.ts'
import { point } from '../../infra/points.ts'
import type { DeskChannel } from '../channel.ts'
import { Lanes } from '../lanes.ts'
import { pendingReplies, type Reply } from './replyRows.ts'
import { findRequest } from './request.ts'
import { sendReply } from './sendReply.ts'

const mostAtOnce = 4
/** Pieces of an album come one by one, right after another. */
const albumRestsMs = 1_000

interface Deps {
  database: Pick<Database, 'pool'>
  channel: Pick<DeskChannel, 'fetchFile'>
  clock: Clock
  log: Logger
  /** Keeps bytes of a consultant's file; answers its id. */
  keepFile(file: { kind: string; name: string; bytes: Uint8Array; chat: ChatId }): Promise<string>
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
    for (const reply of await pendingReplies(sqlOn(database), new Date(clock.now().getTime() - albumRestsMs))) {
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
    for (const file of files) {
      const came = await this.stored(file, found.chat)
      if ('id' in came) stored.push(came)
      else failure ??= came
    }
    point('forum.replyStored')
    const sending = { id, stored, ...(failure && { failure }) }
    await inTransaction(database, (sql) => sendReply(sql, { ...sending, now: clock.now() }))
    changed()
  }

  /** Or why it cannot be had. */
  private async stored(file: InboundFile, chat: ChatId): Promise<RequestFile | Text> {
    const { channel, keepFile } = this.deps
    const { kind, name, ref } = file
    try {
      const bytes = await channel.fetchFile(ref)
      if (bytes.length === 0) return text('desk.request.reply.fileEmpty', { name })
      return { id: await keepFile({ kind, name, bytes, chat }), kind, name, size: bytes.length }
    } catch (error) {
      if (!(error instanceof AppError) || error.retry !== 'never') throw error
      return text(error.code === 'FILE_TOO_LARGE' ? 'desk.request.reply.fileTooLarge' : 'desk.request.reply.fileGone', {
        name,
      })
    }
  }
}
