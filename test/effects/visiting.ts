import { randomUUID } from 'node:crypto'
import type { LocalDate } from '../../src/domain/localDate.ts'
import { localDateOf } from '../../src/domain/localDate.ts'
import type { EffectInput, EffectName, EffectOutcome } from '../../src/effects/registry.ts'
import { effectRunner } from '../../src/effects/registry.ts'
import type { VisitChoice } from '../../src/effects/visits/outcomes.ts'
import { newState } from '../../src/engine/state.ts'
import { readConfig } from '../../src/infra/config.ts'
import { inTransaction, openDatabase, type Sql, sqlOn } from '../../src/infra/database.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { createQueries } from '../../src/queries/registry.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { hashKey } from '../support/hashKey.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'

/** Residents and offices over a database of their own. It is Tuesday, 10 November 2026, noon. */
export interface Visiting {
  fresh: FreshDatabase
  clock: TestClock
  sql: Sql
  rules: ReturnType<typeof readConfig>['rules']
  queries: ReturnType<typeof createQueries>
  /** An office open on weekdays from nine to five, a quarter of an hour a visit, at one window unless said otherwise. */
  office(more?: Partial<OfficeCells>): Promise<string>
  resident(): Promise<Someone>
  /** Runs one effect in a transaction of its own; `before` it commits. */
  run<Name extends EffectName>(
    who: Someone,
    effect: Name,
    input: EffectInput<Name>,
    before?: () => Promise<unknown>,
  ): Promise<EffectOutcome<Name>>
  /** Holds and confirms. */
  book(who: Someone, choice: VisitChoice): Promise<EffectOutcome<'confirmBooking'>>
  /** Its bookings' states, in the order in which they were made. */
  statesOf(who: Someone): Promise<string[]>
  close(): Promise<void>
}

export interface Someone {
  resident: string
  chat: `vk:${string}`
}

interface OfficeCells {
  id: string
  district: string
  hours: string
  windows: number
  topics: string[]
  closedFrom: LocalDate
  closedTo: LocalDate
}

export const topics = ['account', 'charges', 'meters', 'certificates', 'debt', 'registration']

/** Effects, each run in a transaction of its own, over a database. */
export async function effectsOver(url: string, { poolSize = 5, env = {} }: Options = {}) {
  const database = await openDatabase({ url, poolSize })
  const clock = testClock(noon)
  const sql: Sql = (name, statement, values) => sqlOn(database)(name, statement, values)
  const { rules, linkLimits: limits } = readConfig({ DATABASE_URL: 'postgres://x', HASH_KEY: hashKey, ...env })
  const log = { info() {}, warn() {} }
  const runner = effectRunner({ clock, rules, words: openWords(rules.timeZone), limits, hashKey, log })
  const run: Visiting['run'] = (who, effect, input, before) =>
    inTransaction(database, async (tx) => {
      const now = clock.now()
      const today = localDateOf(now, rules.timeZone)
      const call = { effect, input } as Parameters<typeof runner>[0]
      const { outcome } = await runner(call, { ...who, revision: 1, sql: tx, now, today })
      await before?.()
      return outcome as never
    })
  return { database, clock, sql, rules, run, queries: createQueries(sql) }
}

interface Options {
  poolSize?: number
  env?: Record<string, string>
}

export async function openVisiting(options: Options = {}): Promise<Visiting> {
  const fresh = await freshDatabase({ poolSize: 1 })
  const { database, clock, sql, rules, run, queries } = await effectsOver(fresh.url, options)
  return {
    ...{ fresh: { ...fresh, database }, clock, sql, rules, run, queries },
    async office(more = {}) {
      const { id = `office-${randomUUID().slice(0, 8)}`, district = 'KIR', hours = 'mon-fri 09:00-17:00' } = more
      const { windows = 1, topics: codes = topics, closedFrom = null, closedTo = null } = more
      await sql(
        'office',
        `INSERT INTO office (id, name, district, address, hours, windows, slot_minutes, topics, closed_from, closed_to, imported_from)
         VALUES ($1, $1, $2, 'улица Мира, 1', $3, $4, 15, $5, $6, $7, '20261101_001')`,
        [id, district, hours, windows, codes, closedFrom, closedTo],
      )
      return id
    },
    async resident() {
      const [resident, chat] = [randomUUID(), `vk:${randomUUID()}` as const]
      await sql('resident', 'INSERT INTO resident (id, created_at) VALUES ($1, $2)', [resident, clock.now()])
      await sql(
        'chat',
        'INSERT INTO conversation (chat, revision, state, resident_id, updated_at) VALUES ($1, 1, $2, $3, $4)',
        [chat, JSON.stringify(newState()), resident, clock.now()],
      )
      return { resident, chat }
    },
    async book(who, choice) {
      const held = await run(who, 'holdSlot', choice)
      return held.kind === 'held' ? run(who, 'confirmBooking', { ...choice, hold: held.booking.id }) : held
    },
    async statesOf({ resident }) {
      const rows = await sql<{ state: string }>(
        'states',
        'SELECT state FROM booking WHERE resident_id = $1 ORDER BY created_at, changed_at',
        [resident],
      )
      return rows.map(({ state }) => state)
    },
    async close() {
      await database.close()
      await fresh.drop()
    },
  }
}

/** Minutes since midnight of «9:15». */
export const at = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}
