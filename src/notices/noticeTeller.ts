import type { ChatId, Event } from '../engine/event.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, inTransaction, type Sql, sqlOn } from '../infra/database.ts'
import { point } from '../infra/points.ts'
import { type DueNotice, dueNotices, goElsewhere, passOver, settleNotices, type Untold } from './noticeRows.ts'

/** What follows where a resident could not be told: by the dialog that was to tell, in the transaction that gives the notice up. */
export type WhenUntold = ReadonlyMap<string, (sql: Sql, about: string, now: Date) => Promise<void>>

interface Deps {
  database: Database
  clock: Clock
  /** The engine: answers when the events' turns are committed. */
  handle(events: Event[]): Promise<void>
  whenUntold: WhenUntold
}

const mostAtOnce = 200

/**
 * Tells what is due, a round at a time: hands it to the residents' conversations, and learns what became of what was told before. Answers how many
 * notices a round has moved. Rounds of several processes may overlap: a conversation takes a notice once.
 */
export function noticeTeller({ database, clock, handle, whenUntold }: Deps) {
  const sql = sqlOn(database)

  /** Notices are given up together with what follows from it, or not at all. */
  async function givingUp(work: (tx: Sql, now: Date) => Promise<Untold[]>): Promise<void> {
    await inTransaction(database, async (tx) => {
      const now = clock.now()
      for (const { dialog, about } of await work(tx, now)) await whenUntold.get(dialog)?.(tx, about, now)
    })
  }

  return async function round(): Promise<number> {
    await givingUp(settleNotices)
    const due = await dueNotices(sql, clock.now(), mostAtOnce)
    const [here, elsewhere] = [due.filter(isHere), due.filter((notice) => !isHere(notice))]
    if (elsewhere.length > 0) await givingUp((tx, now) => goElsewhere(tx, elsewhere, now))
    point('notices.due')
    await handle(here.map((notice) => eventOf(notice, clock.now())))
    point('notices.told')
    await passOver(sql, here, clock.now())
    return due.length
  }
}

type Here = DueNotice & { chat: ChatId }

const isHere = (notice: DueNotice): notice is Here => notice.chat !== null && notice.isReachable

/** The same whoever hands it over: a chat takes a notice once. */
const eventOf = ({ id, chat, dialog, about }: Here, at: Date): Event => ({
  id: `notice:${id}:${chat}`,
  chat,
  at,
  input: { kind: 'due', timer: `notice:${id}`, what: { kind: 'news', dialog, about, notice: id } },
})
