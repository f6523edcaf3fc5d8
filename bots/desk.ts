import { cardOf } from '../src/desk/card/card.ts'
import { topicTitle } from '../src/desk/card/title.ts'
import type { DeskChannel } from '../src/desk/channel.ts'
import { deskClock } from '../src/desk/clock.ts'
import { ForumSender } from '../src/desk/forum/sender.ts'
import { Forwarder } from '../src/desk/forward.ts'
import { deskHandler } from '../src/desk/handle.ts'
import { membersOf, topicOfChat } from '../src/desk/members.ts'
import { RequestReplies } from '../src/desk/requests/replies.ts'
import { shownRequest } from '../src/desk/requests/shown.ts'
import type { Rules } from '../src/domain/rules.ts'
import type { Channel } from '../src/engine/channel.ts'
import { type ChatId, type Event, type Messenger, messengerOf } from '../src/engine/event.ts'
import type { Words } from '../src/engine/text.ts'
import type { FileStore, NewFile } from '../src/files/store.ts'
import { waited } from '../src/infra/backOff.ts'
import type { Clock } from '../src/infra/clock.ts'
import { type Database, sqlOn } from '../src/infra/database.ts'
import { AppError } from '../src/infra/errors.ts'
import { holdLease } from '../src/infra/leases.ts'
import type { Logger } from '../src/infra/logger.ts'
import { deskPicture } from '../src/jobs/deskPicture.ts'
import { hoursReader } from '../src/queries/workingHours.ts'

interface Deps {
  database: Database
  clock: Clock
  log: Logger
  rules: Rules
  words: Words
  files: FileStore
  /** Residents' messengers: what they have sent is fetched there. */
  channels: ReadonlyMap<Messenger, Channel>
  channel: DeskChannel
  forums: readonly string[]
  owner: string
  leaseSeconds: number
  tickEveryMs: number
  handle(events: Event[]): Promise<void>
  /** Something has been left to be done at that moment: residents are to be told. */
  later(due: Date): void
  fatal(reason: AppError): void
  /** Told when this process begins and stops to work in the forums, and when they let it in or not. */
  listening(is: boolean): void
}

/** The desk at work in its forums, for as long as this process is the one that is: it listens, sends, hands lines over and minds the clock. */
export interface Desk {
  /** Something has been left for the forums or for residents. */
  changed(): void
  /** A resident is writing: shown in his topic when somebody talks with him. */
  typing(chat: ChatId): void
  close(): Promise<void>
}

export function openDesk(deps: Deps): Desk {
  const { database, clock, log, rules, words, channel, channels, files, forums } = deps
  const sql = sqlOn(database)
  const hours = hoursReader(sql, rules)
  let atWork: { sender: ForumSender; forwarder: Forwarder; replies: RequestReplies } | undefined
  const changed = (): void => {
    atWork?.sender.changed()
    atWork?.forwarder.changed()
    atWork?.replies.changed()
  }
  const { linkTo } = channel
  /** Staff has acted: there may be notices for residents among what was left. */
  const left = (): void => {
    changed()
    deps.later(clock.now())
  }
  const shared = { database, clock, rules, words, hours, forums, linkTo, log, changed }
  const handleStaff = deskHandler({ ...shared, changed: left, rights: (_, may) => deps.listening(may) })
  const { tick } = deskClock({ ...shared, picture: deskPicture({ database, files, words, clock }) })

  const sending = () =>
    new ForumSender({
      ...{ sql, channel, clock, log, words, forums },
      faces: {
        title: async (topicId) => (await topicTitle(sql, topicId, words)) ?? String(topicId),
        card: (topicId, now) => cardOf(sql, { topicId, now, rules, words }),
      },
      residentsFile: async (chat, ref) => {
        const messenger = channels.get(messengerOf(chat))
        if (!messenger) throw new AppError('FILE_GONE')
        return messenger.fetchFile(ref)
      },
      // The ids that residents' bots know a file by are not this bot's.
      storedFile: async (id) => ({ bytes: (await files.open(id, 'telegram')).bytes }),
      request: (id, now) => shownRequest(sql, id, now, { words, rules }),
      members: (ids) => membersOf(sql, ids),
      letIn: (is) => void (atWork && deps.listening(is)),
    })

  const keepFile = (file: Omit<NewFile, 'now'>) => files.add({ ...file, now: clock.now() })
  const forwarding = () =>
    new Forwarder({
      ...{ sql, channel, clock, log, changed, keepFile },
      handle: deps.handle,
    })
  const replying = () =>
    new RequestReplies({
      ...{ database, channel, clock, log, keepFile },
      changed: left,
    })

  async function ticking(signal: AbortSignal): Promise<void> {
    do await tick().catch((error) => log.warn({ err: error }, 'the desk’s clock waits'))
    while (await waited(deps.tickEveryMs, signal))
  }

  async function begin(): Promise<() => Promise<void>> {
    const stop = await channel.listen(handleStaff)
    const [sender, forwarder, replies, stopping] = [sending(), forwarding(), replying(), new AbortController()]
    atWork = { sender, forwarder, replies }
    const ticked = ticking(stopping.signal)
    deps.listening(true)
    log.info({ messenger: 'consultants' }, 'listening')
    return async () => {
      deps.listening(false)
      stopping.abort()
      await Promise.all([stop(), ticked])
      atWork = undefined
      await Promise.all([sender.end(), forwarder.end(), replies.end()])
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
