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

/** `moved`: how many notices a round has brought further; `waits`: mailings wait for what is on its way. */
export interface Round {
  moved: number
  waits: boolean
}

const mostAtOnce = 200

/**
 * Of mailings so many seconds' worth, and less where that takes us longer than this: whoever talks to us meanwhile waits behind the turns of no more than
 * these.
 */
const secondsAtOnce = 0.5
const longestRoundMs = 150
const mostMailedAtOnce = 500

/** So many seconds of a messenger's rate are on their way at most: what people are answered, and what they do meanwhile, comes before the rest. */
const secondsAhead = 2

/**
 * Tells what is due, a round at a time: hands it to the residents' conversations, and learns what became of what was told before. Mailings are told
 * within their hours, no faster than a messenger takes them and after all else. Rounds of several processes may overlap: a conversation takes a notice
 * once.
 */
export function noticeTeller({ database, clock, rules, handle, whenUntold, rates }: Deps) {
  const sql = sqlOn(database)
  /** Of `secondsAtOnce`: what this machine manages at present. */
  let share = 1

  /** Notices are given up together with what follows from it, or not at all. */
  async function givingUp(work: (tx: Sql, now: Date) => Promise<Untold[]>): Promise<void> {
    await inTransaction(database, async (tx) => {
      const now = clock.now()
      for (const { dialog, about } of await work(tx, now)) await whenUntold.get(dialog)?.(tx, about, now)
    })
  }

  async function mailings(): Promise<{ due: DueNotice[]; waits: boolean }> {
    const moment = momentOf(clock.now(), rules)
    if (!moment.isMailing) return { due: [], waits: false }
    const sent = await onTheWay(sql)
    const due: DueNotice[] = []
    let waits = false
    for (const messenger of ['telegram', 'vk'] as const) {
      const room = Math.max(0, Math.ceil(rates[messenger] * secondsAhead) - sent[messenger])
      const most = Math.min(room, Math.ceil(rates[messenger] * secondsAtOnce * share), mostMailedAtOnce)
      const found = await dueOfWaves(sql, moment, messenger, Math.max(1, most))
      due.push(...found.slice(0, most))
      waits ||= found.length > most
    }
    if (due.length === 0 && !waits) await finishWaves(sql, moment.now)
    return { due, waits }
  }

  return async function round(): Promise<Round> {
    await givingUp(settleNotices)
    const own = await dueNotices(sql, momentOf(clock.now(), rules), mostAtOnce)
    const { due: mailed, waits } = own.length === mostAtOnce ? { due: [], waits: true } : await mailings()
    const due = [...own, ...mailed]
    const unwanted = due.filter(({ isWanted }) => !isWanted)
    const here = due.filter(isHere)
    const elsewhere = due.filter((notice) => notice.isWanted && !isHere(notice))
    if (unwanted.length > 0) await dropUnwanted(sql, unwanted, clock.now())
    if (elsewhere.length > 0) await givingUp((tx, now) => goElsewhere(tx, elsewhere, now))
    point('notices.due')
    if (here.length > 0) {
      const from = performance.now()
      await handle(here.map((notice) => eventOf(notice, clock.now())))
      const isTooMuch = performance.now() - from > longestRoundMs
      share = isTooMuch ? Math.max(0.05, share / 2) : Math.min(1, share * 1.25)
      point('notices.told')
      await passOver(sql, here, clock.now())
    }
    return { moved: due.length, waits }
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
