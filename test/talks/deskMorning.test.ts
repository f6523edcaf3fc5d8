import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SeenForum, SeenTopic } from '../../bots/sandbox/hand/seenForum.ts'
import { staffForum } from '../../bots/sandbox/tokens.ts'
import { openHandOff } from '../../src/desk/opening.ts'
import { keepSent } from '../../src/desk/residentLine.ts'
import { topicOf } from '../../src/desk/writing.ts'
import { readConfig } from '../../src/infra/config.ts'
import { inTransaction } from '../../src/infra/database.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { openTown, type Town } from '../support/town.ts'
import { said } from './said.ts'
import { calm } from './staffed.ts'
import { flats, settle } from './talk.ts'

const people = 200
const perMinute = 20
/** A minute of the forums' rate, for the desk and for Telegram alike. */
const minuteMs = 1_500
const forums = [staffForum, { ...staffForum, id: staffForum.id - 1, title: 'Вторая группа' }]

let town: Town
beforeAll(async () => {
  town = await openTown({
    desk: true,
    at: '2026-11-10T01:00:00Z',
    env: { CONSULTANTS_MESSAGES_PER_MINUTE: String(perMinute) },
    forumMinuteMs: minuteMs,
    sandboxed: { forums, groupLimit: { messages: perMinute, windowMs: minuteMs, enforced: true } },
  })
})
afterAll(() => town.close())

/** All of them have asked in the night, one after another, and nothing of it has got into the forums. */
async function askedOvernight(): Promise<void> {
  const chats = Array.from({ length: people }, (_, at) => `telegram:${9_000_001 + at}` as const)
  const residents: string[] = []
  for (const chat of chats) residents.push(await settle(town, chat, [flats.oneMeter]))
  const { rules } = readConfig({})
  const words = openWords(rules.timeZone)
  const night = town.clock.now().getTime()
  await inTransaction(town.fresh.database, async (sql) => {
    for (const [at, residentId] of residents.entries()) {
      const chat = chats[at] ?? 'telegram:0'
      const [id, now] = [town.clock.id(), new Date(night + at * 1_000)]
      const asked = { id, residentId, chat, subject: 'charges', morning: true, steps: [], now } as const
      expect(await openHandOff(sql, asked, { rules, words })).toBe(true)
      const topicId = await topicOf(sql, residentId, now)
      await keepSent(sql, { id, topicId }, chat, { message: '1', text: `Вопрос ${at + 1}` }, now)
    }
    town.clock.set('2026-11-10T03:00:00Z')
  })
}

test('200 who asked overnight: at 8:00 all topics are opened in the order asked, in both groups, within the rate', async () => {
  await askedOvernight()
  const begun = performance.now()
  await Promise.all(forums.map(({ id }) => town.hand.forum(id).waitFor(isDrained, 250_000)))
  await expect.poll(left, { timeout: 60_000 }).toBe(0)
  const groups = await Promise.all(forums.map(({ id }) => town.hand.forum(id).see()))
  const tookMs = performance.now() - begun

  const numbers = groups.map(({ topics }) => topics.slice(1).map(({ name }) => Number(/№ (\d+)/.exec(name)?.[1])))
  expect(numbers.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: people }, (_, at) => at + 1))
  for (const own of numbers) {
    expect(Math.abs(own.length - people / 2)).toBeLessThanOrEqual(6)
    expect(own).toEqual(own.toSorted((a, b) => a - b))
  }
  for (const { topics } of groups) {
    const [general, ...own] = topics
    const summaries = general?.messages.filter(({ text }) => said('desk.clock.opening').test(text)) ?? []
    expect(summaries).toHaveLength(1)
    // Those who come in do not wait for the backlog to be told of it.
    expect(Number(summaries[0]?.id)).toBeLessThan(Number(own.at(-1)?.messages[0]?.id))
    for (const { messages, pinned } of own) {
      const shown = messages.filter(({ service }) => !service)
      expect(shown.map(({ text }) => /Вопрос \d+$/.test(text))).toEqual([false, true])
      expect(pinned).toEqual([shown[0]?.id])
    }
  }
  const rates = await Promise.all(forums.map(({ id }) => town.hand.forum(id).rate()))
  for (const { refused, mostInWindow } of rates) {
    expect(refused).toBe(0)
    expect(mostInWindow).toBeLessThanOrEqual(perMinute)
  }
  await calm(town)

  const sent = rates.reduce((sum, rate) => sum + rate.sent, 0)
  const permitted = (forums.length * perMinute * tookMs) / minuteMs
  // The desk counts the message that tells of a new topic, too.
  const ratio = (sent + people) / permitted
  console.log(`messages a hand-off: ${(sent - forums.length) / people}; of the permitted rate: ${ratio.toFixed(2)}`)
}, 300_000)

/** How much is still to be done in the forums. */
async function left(): Promise<number> {
  const { rows } = await town.fresh.database.pool.query(`SELECT 1 FROM desk_post WHERE state = 'pending'`)
  return rows.length
}

/** Half of them are there, each with his question. */
function isDrained({ topics: [, ...own] }: SeenForum): boolean {
  const isAsked = ({ messages }: SeenTopic) => messages.some(({ text }) => /Вопрос \d+$/.test(text))
  return own.length >= people / 2 - 6 && own.every(isAsked)
}
