import { isWithin } from '../domain/hours.ts'
import { localDateOf, localMinuteOfDay } from '../domain/localDate.ts'
import type { Rules } from '../domain/rules.ts'
import type { ChatId, Event, Messenger } from '../engine/event.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, inTransaction, type Sql, sqlOn } from '../infra/database.ts'
import { point } from '../infra/points.ts'
import {
  type DueNotice,
  dropUnwanted,
  dueNotices,
  dueOfWaves,
  goElsewhere,
  noticeEvent,
  onTheWay,
  passOver,
  settleNotices,
  type Untold,
} from './noticeRows.ts'
import { finishWaves } from './waveRows.ts'

/** What follows where a resident could not be told: by the dialog that was to tell, in the transaction that gives the notice up. */
export type WhenUntold = ReadonlyMap<string, (sql: Sql, about: string, now: Date) => Promise<void>>

interface Deps {
  database: Database
  clock: Clock
  rules: Pick<Rules, 'timeZone' | 'mailingHours'>
  /** The engine: answers when the events' turns are committed. */
  handle(events: Event[]): Promise<void>
  whenUntold: WhenUntold
  /** How many messages a second each messenger lets us send. */
  rates: Readonly<Record<Messenger, number>>
}

/** `moved`: how many notices a round has brought further; `waits`: there is more, for which it is too early. */
export interface Round {
  moved: number
  waits: boolean
}

const mostAtOnce = 200

/**
 * Rounds of mailings begin so far apart: whoever talks to us meanwhile waits behind the few turns of one of them. Who has fallen behind hands over more
 * at once, but no more than this.
 */
export const mailingRoundMs = 100
const secondsAtOnce = 0.5
const mostMailedAtOnce = 250

/** So many seconds of a messenger's rate are on their way at most: what people are answered, and what they do meanwhile, comes before the rest. */
const secondsAhead = 2

/**
 * Tells what is due, a round at a time: hands it to the residents' conversations, and learns what became of what was told before. Mailings are told
 * within their hours, no faster than a messenger takes them and after all else. Rounds of several processes may overlap: a conversation takes a notice
 * once.
 */
export function noticeTeller({ database, clock, rules, handle, whenUntold, rates }: Deps) {
  const sql = sqlOn(database)
  /** What the round before has handed over: what is due again all the same had been heard before. */
  let handed = new Set<string>()

  /** Notices are given up together with what follows from it, or not at all. */
  async function givingUp(work: (tx: Sql, now: Date) => Promise<Untold[]>): Promise<void> {
    await inTransaction(database, async (tx) => {
      const now = clock.now()
      for (const { dialog, about } of await work(tx, now)) await whenUntold.get(dialog)?.(tx, about, now)
    })
  }

  async function settled(): Promise<number> {
    let count = 0
    await givingUp(async (tx, now) => {
      const all = await settleNotices(tx, now)
      count = all.length
      return all.filter(({ isUntold }) => isUntold)
    })
    return count
  }

  async function mailings(onTheirWay: Record<Messenger, number>): Promise<{ due: DueNotice[]; waits: boolean }> {
    const moment = momentOf(clock.now(), rules)
    if (!moment.isMailing) return { due: [], waits: false }
    const found = await Promise.all(
      (['telegram', 'vk'] as const).map(async (messenger) => {
        const room = Math.max(0, Math.ceil(rates[messenger] * secondsAhead) - onTheirWay[messenger])
        const most = Math.min(room, Math.ceil(rates[messenger] * secondsAtOnce), mostMailedAtOnce)
        const due = await dueOfWaves(sql, moment, messenger, most + 1)
        return { due: due.slice(0, most), waits: due.length > most }
      }),
    )
    const due = found.flatMap((one) => one.due)
    const waits = found.some((one) => one.waits)
    if (due.length === 0 && !waits) await finishWaves(sql, moment.now)
    return { due, waits }
  }

  async function told(): Promise<Round> {
    const [own, onTheirWay] = await Promise.all([
      dueNotices(sql, momentOf(clock.now(), rules), mostAtOnce),
      onTheWay(sql),
    ])
    const { due: mailed, waits } = own.length === mostAtOnce ? { due: [], waits: true } : await mailings(onTheirWay)
    const due = [...own, ...mailed]
    const unwanted = due.filter(({ isWanted }) => !isWanted)
    const here = due.filter(isHere)
    const elsewhere = due.filter((notice) => notice.isWanted && !isHere(notice))
    if (unwanted.length > 0) await dropUnwanted(sql, unwanted, clock.now())
    if (elsewhere.length > 0) await givingUp((tx, now) => goElsewhere(tx, elsewhere, now))
    point('notices.due')
    if (here.length > 0) {
      await handle(here.map((notice) => eventOf(notice, clock.now())))
      point('notices.told')
    }
    const again = here.filter(({ id, chat }) => handed.has(`${id} ${chat}`))
    if (again.length > 0) await passOver(sql, again, clock.now())
    handed = new Set(here.map(({ id, chat }) => `${id} ${chat}`))
    return { moved: due.length, waits }
  }

  return async function round(): Promise<Round> {
    const [count, { moved, waits }] = await Promise.all([settled(), told()])
    return { moved: count + moved, waits }
  }
}

/** What time it is to residents. */
export function momentOf(now: Date, { timeZone, mailingHours }: Pick<Rules, 'timeZone' | 'mailingHours'>) {
  const isMailing = isWithin(localMinuteOfDay(now, timeZone), mailingHours)
  return { now, today: localDateOf(now, timeZone), isMailing }
}

type Here = DueNotice & { chat: ChatId }

const isHere = (notice: DueNotice): notice is Here => notice.isWanted && notice.chat !== null && notice.isReachable

function eventOf(notice: Here, at: Date): Event {
  const { id, chat, dialog, about, wave } = notice
  const what = { kind: 'news' as const, dialog, about, notice: id, ...(wave !== null && { mailing: true as const }) }
  return { id: noticeEvent(notice), chat, at, input: { kind: 'due', timer: `notice:${id}`, what } }
}
