import type { DeskChannel, StaffAnswer, StaffEvent } from '../src/desk/channel.ts'
import { ForumSender } from '../src/desk/forum/sender.ts'
import type { TopicFaces } from '../src/desk/forum/topics.ts'
import { Forwarder } from '../src/desk/forward.ts'
import { membersOf, topicOfChat } from '../src/desk/members.ts'
import type { Channel } from '../src/engine/channel.ts'
import { type ChatId, type Event, type Messenger, messengerOf } from '../src/engine/event.ts'
import type { Words } from '../src/engine/text.ts'
import type { FileStore } from '../src/files/store.ts'
import type { Clock } from '../src/infra/clock.ts'
import { type Database, sqlOn } from '../src/infra/database.ts'
import { AppError } from '../src/infra/errors.ts'
import { holdLease } from '../src/infra/leases.ts'
import type { Logger } from '../src/infra/logger.ts'

interface Deps {
  database: Database
  clock: Clock
  log: Logger
  words: Words
  files: FileStore
  /** Residents' messengers: what they have sent is fetched there. */
  channels: ReadonlyMap<Messenger, Channel>
  channel: DeskChannel
  forums: readonly string[]
  faces: TopicFaces
  owner: string
  leaseSeconds: number
  handleStaff(event: StaffEvent): Promise<StaffAnswer>
  handle(events: Event[]): Promise<void>
  fatal(reason: AppError): void
  /** Told when this process begins and stops to work in the forums. */
  listening(is: boolean): void
}

/** The desk at work in its forums, for as long as this process is the one that is: it listens, sends, and hands lines over. */
export interface Desk {
  /** Something has been left for the forums or for residents. */
  changed(): void
  /** A resident is writing: shown in his topic when somebody talks with him. */
  typing(chat: ChatId): void
  close(): Promise<void>
}

export function openDesk(deps: Deps): Desk {
  const { database, clock, log, channel, channels, files } = deps
  const sql = sqlOn(database)
  let atWork: { sender: ForumSender; forwarder: Forwarder } | undefined
  const changed = (): void => {
    atWork?.sender.changed()
    atWork?.forwarder.changed()
  }

  async function begin(): Promise<() => Promise<void>> {
    const sender = new ForumSender({
      ...deps,
      sql,
      residentsFile: async (chat, ref) => {
        const messenger = channels.get(messengerOf(chat))
        if (!messenger) throw new AppError('FILE_GONE')
        return messenger.fetchFile(ref)
      },
      // The ids that residents' bots know a file by are not this bot's.
      storedFile: async (id) => ({ bytes: (await files.open(id, 'telegram')).bytes }),
      members: (ids) => membersOf(sql, ids),
    })
    const forwarder = new Forwarder({
      ...{ sql, channel, clock, log, changed },
      handle: deps.handle,
      keepFile: async (file) => {
        const id = clock.id()
        await files.add({ ...file, id, now: clock.now() })
        return id
      },
    })
    atWork = { sender, forwarder }
    const stop = await channel.listen(deps.handleStaff).catch(async (error) => {
      await Promise.all([sender.end(), forwarder.end()])
      throw error
    })
    deps.listening(true)
    log.info({ messenger: 'consultants' }, 'listening')
    return async () => {
      deps.listening(false)
      atWork = undefined
      await stop()
      await Promise.all([sender.end(), forwarder.end()])
    }
  }

  const lease = holdLease(database, {
    name: 'consultants',
    owner: deps.owner,
    seconds: deps.leaseSeconds,
    clock,
    gained: begin,
    failed: (error) => {
      if (error instanceof AppError && error.code === 'CONFIG') deps.fatal(error)
      else log.warn({ err: error }, 'the forums cannot be listened to yet')
    },
  })
  return {
    changed,
    typing: (chat) => {
      topicOfChat(sql, chat)
        .then((place) => place && channel.typing(place))
        // A sign that does not come through is no loss.
        .catch((error) => log.debug({ err: error }, 'typing is not shown'))
    },
    close: () => lease.close(),
  }
}
