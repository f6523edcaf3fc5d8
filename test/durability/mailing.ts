import { expect, vi } from 'vitest'
import { type ChatId, type Messenger, messengerOf } from '../../src/engine/event.ts'
import { residentIn } from '../notices/residents.ts'
import type { Ground } from './ground.ts'
import { inTime } from './running.ts'

/** Somebody who is to be told: he has a chat in either messenger, and is told in one of them. */
export interface Reader {
  resident: string
  person: number
  chats: Record<Messenger, ChatId>
}

const messengers = ['telegram', 'vk'] as const

/** So many more live in the town than are to be told: a mailing is planned in two pages. */
const others = 3_900

/** Residents who have subscribed to news, among many who have not; with these accounts, one each. */
export async function readersIn(ground: Ground, count: number, now: Date, accounts: number[] = []): Promise<Reader[]> {
  const { pool } = ground.database
  await pool.query('INSERT INTO resident (id, created_at) SELECT gen_random_uuid(), $2 FROM generate_series(1, $1)', [
    others,
    now,
  ])
  const crowd = await ground.hand.addCrowd(count)
  return Promise.all(
    crowd.map(async ({ id: person, telegramId, vkId }, nth): Promise<Reader> => {
      const chats = { telegram: `telegram:${telegramId}`, vk: `vk:${vkId}` } as const
      const own = accounts[nth] === undefined ? [] : [accounts[nth]]
      const resident = await residentIn(ground.database, Object.values(chats), { accounts: own, now })
      await pool.query(`INSERT INTO news_subscription (resident_id, topic, since) VALUES ($1, 'outages', $2)`, [
        resident,
        now,
      ])
      return { resident, person, chats }
    }),
  )
}

/** Where each is told from now on: in one messenger, or half of them in either. */
export async function wereLastIn(ground: Ground, readers: readonly Reader[], where: Messenger | 'either') {
  const latest = readers.map(({ chats }, nth) => chats[where === 'either' ? (messengers[nth % 2] ?? 'vk') : where])
  await ground.database.pool.query(
    `UPDATE conversation c SET updated_at = o.latest + CASE WHEN c.chat = ANY ($1) THEN interval '1 s' ELSE interval '0' END
     FROM (SELECT resident_id, max(updated_at) AS latest FROM conversation GROUP BY resident_id) o
     WHERE o.resident_id = c.resident_id`,
    [latest],
  )
}

/** Begins a mailing of news, as an operator does; answers its id. A `paused` one is planned only. */
export async function beginNews(ground: Ground, now: Date, state: 'running' | 'paused' = 'running'): Promise<string> {
  const { pool } = ground.database
  const { rows } = await pool.query<{ nth: number }>('SELECT count(*)::int AS nth FROM wave')
  const id = `news:${rows[0]?.nth}`
  const ru = { title: wordsOf(id), body: 'Во вторник горячей воды не будет.' }
  await pool.query(
    `INSERT INTO wave (id, kind, about, state, due_at, body, created_at) VALUES ($1, 'news', $1, $2, $3, $4, $3)`,
    [id, state, now, JSON.stringify({ topic: 'outages', audience: { of: 'all' }, text: { ru } })],
  )
  return id
}

/** Lets a mailing go on, or pauses it. */
export const resumed = ({ database }: Ground, id: string, state: 'running' | 'paused' = 'running') =>
  database.prisma.wave.update({ where: { id }, data: { state } })

/** What only this mailing says. */
const wordsOf = (wave: string): string => `Новость «${wave}»`

export interface Progress {
  state: string
  isPlanned: boolean
  /** How many are planned, and how many of them have not been handed to their conversations. */
  planned: number
  left: number
}

export async function progressOf({ database }: Ground, wave: string): Promise<Progress | undefined> {
  const { rows } = await database.pool.query<Progress>(
    `SELECT w.state, w.planned_at IS NOT NULL AS "isPlanned", count(n.id)::int AS planned,
            (count(n.id) FILTER (WHERE n.state = 'planned'))::int AS left
     FROM wave w LEFT JOIN notice n ON n.wave = w.id WHERE w.id = $1 GROUP BY w.id`,
    [wave],
  )
  return rows[0]
}

export const comesTo = (ground: Ground, wave: string, progress: Partial<Progress>): Promise<void> =>
  vi.waitFor(async () => expect(await progressOf(ground, wave)).toMatchObject(progress), { ...inTime, interval: 50 })

/** What has been told of one mailing: what is not as it must be, in words, and how many messages stand twice in Telegram after a death. */
export interface Told {
  wrong: string[]
  again: number
}

/**
 * Who was told of a mailing and how often, by what stands in the chats. Nobody is forgotten; nobody is told twice, neither in one messenger nor in both. But a
 * message of Telegram's that stood there and was not noted when a process died comes once more; VK knows a message that is sent again.
 */
export class MailingAccount {
  /** Messages that stood in a chat, unnoted, at the last death. */
  private readonly unnoted = new Map<ChatId, number>()
  private readonly wrong: string[] = []

  constructor(
    private readonly ground: Ground,
    private readonly readers: readonly Reader[],
    readonly wave: string,
    private readonly words = wordsOf(wave),
  ) {}

  /** While no process lives. Answers how many messages stand unnoted. */
  async died(): Promise<number> {
    const { rows } = await this.ground.database.pool.query<{ chat: ChatId }>(
      `SELECT o.chat FROM outbox o JOIN notice n ON n.chat = o.chat AND n.revision = o.revision
       WHERE n.wave = $1 AND o.state = 'pending'`,
      [this.wave],
    )
    const pending = new Set(rows.map(({ chat }) => chat))
    let found = 0
    for (const [chat, count] of await this.standing(pending)) {
      const before = this.unnoted.get(chat) ?? 0
      if (count === before) continue
      found += 1
      if (count > before + 1) this.wrong.push(`${chat} was told ${count - before} times by one process`)
      if (messengerOf(chat) === 'telegram') this.unnoted.set(chat, count)
    }
    return found
  }

  /** Once the mailing is over. */
  async told(): Promise<Told> {
    const standing = await this.standing(new Set(this.readers.flatMap(({ chats }) => Object.values(chats))))
    const { rows } = await this.ground.database.pool.query<{ resident: string; chat: ChatId; state: string }>(
      'SELECT resident_id AS resident, chat, state FROM notice WHERE wave = $1',
      [this.wave],
    )
    const notices = new Map(rows.map((row) => [row.resident, row]))
    const wrong = [...this.wrong]
    for (const { resident, chats } of this.readers) {
      const notice = notices.get(resident)
      if (notice?.state !== 'shown') wrong.push(`${chats.telegram}: ${notice?.state ?? 'never planned'}`)
      for (const chat of Object.values(chats)) {
        const due = chat === notice?.chat ? 1 + (this.unnoted.get(chat) ?? 0) : 0
        const count = standing.get(chat) ?? 0
        if (count !== due) wrong.push(`${chat} was told ${count} times, not ${due}`)
      }
    }
    if (rows.length !== this.readers.length) wrong.push(`${rows.length} notices for ${this.readers.length} readers`)
    return { wrong, again: [...this.unnoted.values()].reduce((sum, count) => sum + count, 0) }
  }

  /** How often it stands in these chats. */
  private async standing(wanted: ReadonlySet<ChatId>): Promise<Map<ChatId, number>> {
    const chats = this.readers.flatMap(({ person, chats }) =>
      messengers.flatMap((messenger) =>
        wanted.has(chats[messenger]) ? [{ messenger, person, chat: chats[messenger] }] : [],
      ),
    )
    const counted = chats.map(async ({ messenger, person, chat }): Promise<[ChatId, number]> => {
      const { messages } = await this.ground.hand.resident(messenger, person).chat()
      return [chat, messages.filter(({ text }) => text.includes(this.words)).length]
    })
    return new Map(await Promise.all(counted))
  }
}
