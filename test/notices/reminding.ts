import type { LocalDate } from '../../src/domain/localDate.ts'
import type { WaveKind } from '../../src/domain/reminders/kinds.ts'
import { wavesOf } from '../../src/domain/reminders/waves.ts'
import type { ChatId } from '../../src/engine/event.ts'
import { readConfig } from '../../src/infra/config.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { noticeTeller } from '../../src/notices/noticeTeller.ts'
import { wavePlanner } from '../../src/notices/planWave.ts'
import { beginWave } from '../../src/notices/waveRows.ts'
import { type BareEngine, bareEngine, shown } from '../durability/bareEngine.ts'
import { testClock } from '../support/clock.ts'
import { freshDatabase } from '../support/postgres.ts'
import { residentIn } from './residents.ts'

/** Residents of the sample town, who are reminded by the product's own dialogs; nothing is sent anywhere. */
export async function openReminding() {
  const fresh = await freshDatabase({ of: 'town' })
  const { database } = fresh
  const rules = { ...readConfig({}).rules, hasDesk: true }
  const clock = testClock('2026-11-20T06:30:00Z')
  const bare = bareEngine(database, { clock, rules })
  const sql = sqlOn(database)
  let people = 0

  const teller = (engine: BareEngine = bare, rate = 1_000) =>
    noticeTeller({
      ...{ database, clock, rules, whenUntold: new Map(), rates: { telegram: rate, vk: rate } },
      handle: (events) => engine.engine.handle(events),
    })

  return {
    ...{ fresh, database, clock, rules, bare, sql, teller },
    /** A resident with these flats, in Telegram, and in VKontakte too when he is `inBoth`. */
    async resident(flats: { number: string }[], inBoth = false): Promise<Someone> {
      people += 1
      const [chat, other] = [`telegram:${people}`, `vk:${people}`] as const
      const { rows } = await database.pool.query<{ id: number }>(
        'SELECT id FROM account WHERE number = ANY ($1) ORDER BY array_position($1, number)',
        [flats.map(({ number }) => number)],
      )
      const accounts = rows.map(({ id }) => id)
      const id = await residentIn(database, inBoth ? [chat, other] : [chat], { accounts, now: clock.now() })
      return { id, chat, other, accounts }
    },
    /** Begins the wave of a day and plans it to the end. */
    async plan(kind: WaveKind, day: LocalDate, size = 2): Promise<void> {
      const planner = wavePlanner({ database, clock, rules, size })
      for (const wave of wavesOf(day, rules).filter((one) => one.kind === kind)) {
        await beginWave(sql, wave, clock.now())
        await planner(wave.id, () => false)
      }
    },
    async tell(): Promise<void> {
      const round = teller()
      while ((await round()).moved > 0);
    },
    /** Tells so many of each messenger, whose rate allows no more at once. */
    async tellSome(count: number): Promise<void> {
      await teller(bare, count * 2)()
    },
    /** What was said in a chat, the oldest first. */
    said: async (chat: ChatId) => (await shown(database, chat)).map(({ text }) => text.text.replaceAll('\u00a0', ' ')),
    last: async (chat: ChatId) => (await shown(database, chat)).at(-1),
    press: async (chat: ChatId, label: string) => bare.engine.handle([await bare.press(chat, label)]),
    notices: async (about: string) =>
      (
        await database.pool.query(
          'SELECT id, resident_id, chat, state, failure FROM notice WHERE about LIKE $1 ORDER BY id',
          [`${about}%`],
        )
      ).rows,
    async close() {
      await bare.close()
      await fresh.drop()
    },
  }
}

export type Reminding = Awaited<ReturnType<typeof openReminding>>

export interface Someone {
  id: string
  chat: `telegram:${number}`
  other: `vk:${number}`
  accounts: number[]
}
