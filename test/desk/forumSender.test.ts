import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { ForumSender } from '../../src/desk/forum/sender.ts'
import type { DeskAct } from '../../src/desk/records.ts'
import { post, topicOf } from '../../src/desk/writing.ts'
import { text } from '../../src/engine/text.ts'
import { type Sql, sqlOn } from '../../src/infra/database.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { openLogger } from '../../src/infra/logger.ts'
import { testClock } from '../support/clock.ts'
import { FakeForum } from '../support/fakeForum.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'

const clock = testClock(noon)
let fresh: FreshDatabase
let sql: Sql
let forum: FakeForum
let sender: ForumSender
beforeAll(async () => {
  fresh = await freshDatabase()
  sql = sqlOn(fresh.database)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  // Each test has a forum of its own, in which the topics of others are not.
  await sql('', 'TRUNCATE desk_topic, hand_off CASCADE', [])
  forum = new FakeForum({ clock })
  sender = new ForumSender({
    ...{ sql, channel: forum, clock, words: openWords('Asia/Yekaterinburg'), forums: forum.forums },
    log: openLogger({ level: 'silent' }),
    faces: {
      title: async (topicId) => `Topic ${topicId}`,
      card: async () => ({ text: { text: 'Card', spans: [] }, buttons: [] }),
    },
    residentsFile: () => Promise.reject(new Error('nobody sends files here')),
    storedFile: () => Promise.reject(new Error('nothing is stored here')),
    request: async () => undefined,
    members: async () => [],
    letIn: () => {},
  })
})
afterEach(() => sender.end())

/** A resident who waits, with his topic. */
async function waiting(): Promise<{ topic: number; resident: string }> {
  const resident = clock.id()
  await sql('', 'INSERT INTO resident (id, created_at) VALUES ($1, $2)', [resident, clock.now()])
  const topic = await topicOf(sql, resident, clock.now())
  await sql(
    '',
    `INSERT INTO hand_off (id, resident_id, topic_id, chat, subject, state, asked_at, queued_at, resident_at)
     VALUES ($1, $2, $3, 'vk:1', 'other', 'waiting', $4, $4, $4)`,
    [clock.id(), resident, topic, clock.now()],
  )
  return { topic, resident }
}

const say = (picture: string): DeskAct => ({ kind: 'say', text: text('desk.forum.fileLost', { name: picture }) })

async function pending(topic: number): Promise<number> {
  const rows = await sql('', `SELECT FROM desk_post WHERE topic_id = $1 AND state = 'pending'`, [topic])
  return rows.length
}

async function posted(topic: number, ...names: string[]): Promise<void> {
  for (const name of names) await post(sql, topic, say(name), clock.now())
  sender.changed()
  await vi.waitUntil(async () => (await pending(topic)) === 0, { timeout: 30_000, interval: 20 })
}

/** Its topics in the forum, those that are gone among them. */
const opened = (topic: number) => forum.topics().filter(({ title }) => title === `Topic ${topic}`)

/** What stands in the topic now, the card as such. */
async function shown(topic: number): Promise<string[]> {
  const [row] = await sql<{ thread: string }>('', 'SELECT thread FROM desk_topic WHERE id = $1', [topic])
  const found = forum.topics().find(({ thread, isGone }) => thread === row?.thread && !isGone)
  return (found?.messages ?? []).map((message) => /«(.*)»/.exec(message.text)?.[1] ?? message.text)
}

test('a topic is opened with its card, and what is said there stands in order', async () => {
  const { topic } = await waiting()
  await posted(topic, 'a', 'b', 'c')
  expect(await shown(topic)).toEqual(['Card', 'a', 'b', 'c'])
})

test('a forum that does not answer is waited for; nothing is lost and the order stays', async () => {
  const { topic } = await waiting()
  forum.fail('openTopic', 'PLATFORM_DOWN')
  forum.fail('post', 'RATE_LIMITED', { times: 2 })
  await posted(topic, 'a', 'b')
  expect(await shown(topic)).toEqual(['Card', 'a', 'b'])
})

test('a topic deleted by hand is opened anew with its card, and what was to be said is said there', async () => {
  const { topic } = await waiting()
  await posted(topic, 'a')
  forum.fail('post', 'TOPIC_GONE')
  await posted(topic, 'b')
  expect(await shown(topic)).toEqual(['Card', 'b'])
  expect(opened(topic)).toHaveLength(2)
})

test('what a forum refuses for good holds up nothing behind it', async () => {
  const { topic } = await waiting()
  await posted(topic, 'a')
  forum.fail('post', 'PLATFORM_REFUSED')
  await posted(topic, 'b', 'c')
  expect(await shown(topic)).toEqual(['Card', 'a', 'c'])
})

test('no topic is left open of a resident who has deleted his data meanwhile', async () => {
  const { topic, resident } = await waiting()
  const opening = forum.openTopic.bind(forum)
  forum.openTopic = async (where, title) => {
    await sql('', 'UPDATE hand_off SET state = $2, resident_id = NULL WHERE topic_id = $1', [topic, 'closed'])
    await sql('', 'UPDATE desk_topic SET resident_id = NULL WHERE resident_id = $1', [resident])
    return opening(where, title)
  }
  await posted(topic, 'a')
  expect(opened(topic).map(({ isGone }) => isGone)).toEqual([true])
})
