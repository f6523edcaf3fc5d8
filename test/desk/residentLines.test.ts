import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ForumSender } from '../../src/desk/forum/sender.ts'
import { keepSent, type Sent } from '../../src/desk/residentLine.ts'
import { AppError } from '../../src/infra/errors.ts'
import { testClock } from '../support/clock.ts'
import { FakeForum } from '../support/fakeForum.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'
import { senderIn } from './sending.ts'
import { type Staff, staffOf, type Waiting } from './staff.ts'

const clock = testClock(noon)
const forum = new FakeForum({ clock })
const gone = new Set<string>()
let asked: string[] = []
let fresh: FreshDatabase
let staff: Staff
let he: Waiting
let sender: ForumSender

beforeAll(async () => {
  fresh = await freshDatabase()
  staff = staffOf(fresh.database, clock)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  gone.clear()
  he = await staff.waiting()
  await staff.sql('unopened', 'UPDATE desk_topic SET forum = NULL, thread = NULL WHERE id = $1', [he.topicId])
  const sql: Staff['sql'] = (name, ...rest) => {
    asked.push(name)
    return staff.sql(name, ...rest)
  }
  sender = senderIn(forum, sql, clock, {
    residentsFile: async (_, ref) => {
      if (gone.has(ref)) throw new AppError('FILE_GONE')
      return new Uint8Array([1])
    },
  })
})
afterEach(() => sender.end())

const photo = (ref: string) => ({ kind: 'photo', ref, name: `${ref}.jpg` }) as const
const says = async (...all: Sent[]) => {
  for (const sent of all) await keepSent(staff.sql, he, he.chat as never, sent, clock.now())
  sender.changed()
}

/** Messages of a consultant in the topic, as the resident was shown them: the messages this became, not noted yet without any. */
async function hears(revision: number, pieces: number, messages?: string[]): Promise<string[]> {
  await says({ message: '8', text: 'Вопрос' })
  await shown()
  const thread = topicNow()?.thread ?? ''
  const said = Array.from({ length: pieces }, (_, nth) => forum.staff('1', 'Анна').say(`Ответ ${nth}`, { thread }))
  for (const [nth, message] of said.entries())
    await staff.sql(
      'heard',
      `INSERT INTO desk_line (hand_off_id, author, by, state, chat, revision, part, staff_message, body, at)
       VALUES ($1, 'consultant', '1', 'shown', $2, $3, $4, $5, '{"kind":"words","text":{"text":"!","spans":[]},"files":[]}', $6)`,
      [he.id, he.chat, revision, nth + 1, message, clock.now()],
    )
  await staff.sql(
    'outbox',
    `INSERT INTO outbox (chat, revision, ordinal, body, state, messages, created_at)
     VALUES ($1, $2, 0, '{}', $3::"OutboxState", $4, $5)`,
    [he.chat, revision, messages ? 'sent' : 'pending', messages ?? [], clock.now()],
  )
  return said
}

/** What stands in his topic when all is shown, without the card: the words below the heading, files together in one number. */
async function shown() {
  await vi.waitFor(
    async () => {
      sender.changed()
      const rows = await staff.sql('pending', `SELECT FROM desk_post WHERE topic_id = $1 AND state = 'pending'`, [
        he.topicId,
      ])
      expect(rows).toEqual([])
    },
    { timeout: 30_000, interval: 20 },
  )
  return (topicNow()?.messages ?? []).filter(({ text }) => text !== 'Card')
}

const topicNow = () => forum.topics().find(({ title }) => title === `Topic ${he.topicId}`)

const staffMessages = async () =>
  (
    await staff.sql<{ message: string | null }>(
      'staffMessages',
      `SELECT staff_message AS message FROM desk_line WHERE hand_off_id = $1 AND author = 'resident' ORDER BY id`,
      [he.id],
    )
  ).map(({ message }) => message)

describe('an album of a resident', () => {
  test('stands as one, and each of its pieces is known by its own message', async () => {
    await says({ message: '1', files: [photo('a')], text: 'Вот', album: 'x' })
    await says({ message: '2', files: [photo('b')], album: 'x' }, { message: '3', files: [photo('c')], album: 'x' })
    const messages = await shown()
    expect(new Set(messages.map(({ album }) => album)).size).toBe(1)
    expect(messages.map(({ id }) => id)).toEqual(await staffMessages())
    expect(messages).toHaveLength(3)
  })

  test('of which a piece is gone mixes up none of the others', async () => {
    gone.add('a')
    await says(
      { message: '1', files: [photo('a')], text: 'Вот', album: 'y' },
      { message: '2', files: [photo('b')], album: 'y' },
      { message: '3', files: [photo('c')], album: 'y' },
    )
    const [first, second] = (await shown()).map(({ id }) => id)
    expect(await staffMessages()).toEqual([first, first, second])
  })

  test('of which a part came before a restart and a part after is two, and nothing is lost', async () => {
    await says({ message: '1', files: [photo('a')], album: 'z' }, { message: '2', files: [photo('b')], album: 'z' })
    await shown()
    await says({ message: '3', files: [photo('c')], album: 'z' })
    const messages = await shown()
    expect(messages.map(({ files }) => files.length)).toEqual([1, 1, 1])
    expect(messages[1]?.album).toBe(messages[0]?.album)
    expect(messages[2]?.album).not.toBe(messages[0]?.album)
  })

  test('in one message of VK is one too', async () => {
    await says({ message: '1', files: [photo('a'), photo('b'), photo('c')], text: 'Вот' })
    const messages = await shown()
    expect(new Set(messages.map(({ album }) => album)).size).toBe(1)
    expect(messages).toHaveLength(3)
  })
})

describe('what a resident replies to', () => {
  const last = async () => (await shown()).at(-1)

  test('may be a piece of a consultant’s album', async () => {
    const [, second] = await hears(5, 3, ['51', '52', '53'])
    await says({ message: '9', text: 'Вот это', repliesTo: '52' })
    expect((await last())?.repliesTo).toBe(second)
  })

  test('is known although its message is noted a moment later', async () => {
    const [answer] = await hears(6, 1)
    await says({ message: '9', text: 'Да', repliesTo: '61' })
    asked = []
    await vi.waitFor(() => {
      sender.changed()
      expect(asked.filter((name) => name === 'forum.posts').length).toBeGreaterThanOrEqual(2)
    })
    expect(topicNow()?.messages.at(-1)?.text).toBe('Ответ 0')
    await staff.sql('noted', `UPDATE outbox SET state = 'sent', messages = '{61}' WHERE chat = $1`, [he.chat])
    expect(await last()).toMatchObject({ text: expect.stringMatching(/Да$/), repliesTo: answer })
    const answers = await staff.sql(
      'answers',
      `SELECT a.staff_message AS message FROM desk_line l JOIN desk_line a ON a.id = l.answers WHERE l.hand_off_id = $1`,
      [he.id],
    )
    expect(answers).toEqual([{ message: answer }])
  })

  test('is waited for no longer than a moment, and what nobody knows is no reply', async () => {
    await hears(7, 1)
    await says({ message: '9', text: 'Да', repliesTo: '71' })
    clock.set(new Date(clock.now().getTime() + 4_000).toISOString())
    const message = await last()
    expect(message?.text).toMatch(/Да$/)
    expect(message).not.toHaveProperty('repliesTo')
  })
})

test('words that come with a place stand above it', async () => {
  await says({ message: '1', text: 'Я здесь', location: { latitude: 56.8, longitude: 60.6, title: 'Сквер, ул. Мира' } })
  const [message] = await shown()
  expect(message?.text).toMatch(/Я здесь\n\nМесто на карте: Сквер, ул. Мира\nhttps:\S+pt=60.6,56.8/)
})
