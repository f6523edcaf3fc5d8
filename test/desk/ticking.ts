import { deskClock } from '../../src/desk/clock.ts'
import type { TodayNumbers } from '../../src/desk/report.ts'
import { take } from '../../src/desk/transitions/take.ts'
import type { RichText } from '../../src/engine/outgoing.ts'
import type { Text } from '../../src/engine/text.ts'
import { readConfig } from '../../src/infra/config.ts'
import { inTransaction, sqlOn } from '../../src/infra/database.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { hoursReader } from '../../src/queries/workingHours.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { hashKey } from '../support/hashKey.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { forum, type Staff, staffOf, type Waiting } from './staff.ts'

export const { rules } = readConfig({
  DATABASE_URL: 'postgres://x',
  HASH_KEY: hashKey,
  CONSULTANTS_DAYS: '2026-11-30=08:00-12:00,13:00-20:00;2026-12-31=08:00-15:00;2027-01-01=;2027-01-02=',
})
export const words = openWords(rules.timeZone)

/** A desk whose clock is wound by hand, in the city's time. */
export interface Ticking {
  fresh: FreshDatabase
  staff: Staff
  clock: TestClock
  /** Drawn so far; a picture fails when it is told to. */
  drawn: TodayNumbers[]
  pictureFails: boolean
  /** How often those who deliver were woken. */
  woken: number
  warned: string[]
  /** Sets the clock, `2026-11-28T20:00:00` there, and lets it tick. */
  at(moment: string): Promise<void>
  set(moment: string): void
  tick(): Promise<void>
  take(he: Waiting, by: string): Promise<void>
  /** What is said in the general topic, in order. */
  general(of?: string): Promise<Said[]>
  /** What is said in a topic, in order. */
  said(he: Waiting): Promise<Said[]>
  /** What the desk tells the resident, in order. */
  told(he: Waiting): Promise<string[]>
  empty(): Promise<void>
}

export interface Said {
  text: string
  mentions?: string[]
  picture?: string
}

export async function tickingDesk(): Promise<Ticking> {
  const fresh = await freshDatabase()
  const { database } = fresh
  const clock = testClock('2026-11-28T07:00:00Z')
  const staff = staffOf(database, clock)
  let desk = newClock()

  function newClock() {
    return deskClock({
      ...{ database, clock, rules, words },
      hours: hoursReader(sqlOn(database), rules),
      forums: [forum, '-1002'],
      linkTo: ({ forum: of, thread }, message) => `https://forum.example/${of}/${thread}/${message ?? ''}`,
      picture: async (numbers) => {
        if (ticking.pictureFails) throw new Error('no fonts')
        ticking.drawn.push(numbers)
        return 'a-picture'
      },
      log: { warn: (_, message) => ticking.warned.push(message) },
      changed: () => {
        ticking.woken++
      },
    })
  }
  const spoken = (rows: { body: { kind: string; text?: Text; mentions?: string[]; picture?: string } }[]): Said[] =>
    rows.flatMap(({ body: { text, mentions, picture } }) =>
      text
        ? { text: words.plain('ru', text), ...(mentions && { mentions }), ...(picture !== undefined && { picture }) }
        : [],
    )

  const ticking: Ticking = {
    ...{ fresh, staff, clock, drawn: [], pictureFails: false, woken: 0, warned: [] },
    set: (moment) => clock.set(`${moment}+05:00`),
    tick: () => desk.tick(),
    async at(moment) {
      ticking.set(moment)
      await desk.tick()
    },
    async take(he, by) {
      const now = clock.now()
      const taken = await inTransaction(database, (sql) =>
        take(sql, { handOff: he.id, by: { id: by }, now, rules, evenTaken: true }),
      )
      if (taken.kind !== 'done') throw new Error(`not taken: ${taken.why}`)
    },
    general: async (of = forum) =>
      spoken(
        await staff.sql('general', 'SELECT body FROM desk_post WHERE forum = $1 AND topic_id IS NULL ORDER BY id', [
          of,
        ]),
      ),
    said: async ({ topicId }) =>
      spoken(await staff.sql('said', 'SELECT body FROM desk_post WHERE topic_id = $1 ORDER BY id', [topicId])),
    told: async ({ id }) =>
      (await staff.lines(id))
        .filter(({ author }) => author === 'desk')
        .map(({ body }) => (body.kind === 'words' ? (body.text as RichText).text : body.kind)),
    async empty() {
      await database.pool.query(
        'TRUNCATE hand_off, hand_off_take, desk_line, desk_post, desk_topic, desk_clock, desk_day, request, consultant RESTART IDENTITY CASCADE',
      )
      desk = newClock()
      Object.assign(ticking, { drawn: [], warned: [], woken: 0, pictureFails: false })
    },
  }
  return ticking
}
