import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ChatId, Input } from '../../src/engine/event.ts'
import { readConfig } from '../../src/infra/config.ts'
import { type Sql, sqlOn } from '../../src/infra/database.ts'
import { addNotice } from '../../src/notices/addNotice.ts'
import { noticeTeller } from '../../src/notices/noticeTeller.ts'
import { type BareEngine, bareEngine, shown } from '../durability/bareEngine.ts'
import { talkDialogs } from '../engine/talkDialogs.ts'
import { testClock } from '../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'
import { refusedBy, residentIn, shownBy } from './residents.ts'

const clock = testClock(noon)
const untold: string[] = []
const whenUntold = new Map([
  [
    'bulletin',
    async (sql: Sql, about: string) => {
      await sql('gone', 'SELECT 1', [])
      untold.push(about)
    },
  ],
])
let fresh: FreshDatabase
let bare: BareEngine
beforeAll(async () => {
  fresh = await freshDatabase()
  bare = bareEngine(fresh.database, { dialogs: talkDialogs })
})
afterAll(async () => {
  await bare.close()
  await fresh.drop()
})

const { rules } = readConfig({})
const teller = ({ engine }: BareEngine = bare) =>
  noticeTeller({
    ...{ database: fresh.database, clock, rules, whenUntold, rates: { telegram: 30, vk: 500 } },
    handle: (events) => engine.handle(events),
  })
async function toldAll(): Promise<void> {
  const round = teller()
  while ((await round()).moved > 0);
}

let people = 0
async function somebody(): Promise<{ resident: string; telegram: ChatId; vk: ChatId }> {
  people += 1
  const [telegram, vk] = [`telegram:${people}`, `vk:${people}`] as const
  return { resident: await residentIn(fresh.database, [telegram, vk], { now: clock.now() }), telegram, vk }
}

interface Planned {
  chat?: ChatId
  dueAt?: Date
  id?: string
  dialog?: string
  kind?: string
}

async function planned(residentId: string, about: string, more: Planned = {}): Promise<string> {
  const id = more.id ?? randomUUID()
  const notice = { id, residentId, dialog: 'bulletin', about, dueAt: clock.now(), ...more }
  await addNotice(sqlOn(fresh.database), notice, clock.now())
  return id
}

const noticeOf = async (id: string) =>
  (await fresh.database.pool.query('SELECT state, chat, failure FROM notice WHERE id = $1', [id])).rows[0]
const saidIn = async (chat: ChatId) => (await shown(fresh.database, chat)).map(({ text }) => text.text)
const comes = (chat: ChatId, input: Input) => bare.engine.handle([bare.event(chat, input)])

describe('a resident with two chats', () => {
  test('is told once, in the one that is named, however often it is planned and by however many', async () => {
    const { resident, telegram, vk } = await somebody()
    const id = await planned(resident, 'воды нет', { chat: vk })
    await planned(resident, 'воды нет', { id, chat: telegram })
    const another = bareEngine(fresh.database, { dialogs: talkDialogs })
    await Promise.all([teller()(), teller(another)(), teller()()])
    await toldAll()
    await another.close()
    expect([await saidIn(telegram), await saidIn(vk)]).toEqual([[], ['Новость воды нет']])
    expect(await noticeOf(id)).toEqual({ state: 'told', chat: vk, failure: null })
    await shownBy(fresh.database, vk)
    await toldAll()
    expect(await noticeOf(id)).toMatchObject({ state: 'shown' })
  })

  test('is told where he was last when none is named', async () => {
    const { resident, telegram } = await somebody()
    await planned(resident, '1')
    await toldAll()
    expect(await saidIn(telegram)).toEqual(['Новость 1'])
  })

  test('is told in the other one when the first has been blocked since it was planned', async () => {
    const { resident, telegram, vk } = await somebody()
    const id = await planned(resident, '1', { chat: telegram })
    await comes(telegram, { kind: 'blocked' })
    await toldAll()
    expect([await saidIn(telegram), await saidIn(vk)]).toEqual([[], ['Новость 1']])
    expect(await noticeOf(id)).toMatchObject({ state: 'told', chat: vk })
  })

  test('is told in the other one when the platform answers that the first is blocked', async () => {
    const { resident, telegram, vk } = await somebody()
    const id = await planned(resident, '1', { chat: telegram })
    await toldAll()
    await refusedBy(fresh.database, telegram, clock.now())
    await toldAll()
    expect(await saidIn(vk)).toEqual(['Новость 1'])
    await shownBy(fresh.database, vk)
    await toldAll()
    expect(await noticeOf(id)).toMatchObject({ state: 'shown', chat: vk })
  })

  test('who has blocked both is marked, and what follows from that follows once', async () => {
    const { resident, telegram, vk } = await somebody()
    const id = await planned(resident, 'ответ', { chat: telegram })
    await toldAll()
    await refusedBy(fresh.database, telegram, clock.now())
    await toldAll()
    await refusedBy(fresh.database, vk, clock.now())
    await Promise.all([toldAll(), toldAll()])
    expect(await noticeOf(id)).toEqual({ state: 'failed', chat: null, failure: 'NOBODY' })
    expect(untold.filter((about) => about === 'ответ')).toHaveLength(1)
  })

  test('who lets us write again meanwhile is not told a second time where it was refused', async () => {
    const { resident, telegram, vk } = await somebody()
    await planned(resident, '1', { chat: telegram })
    await toldAll()
    await refusedBy(fresh.database, telegram, clock.now())
    await comes(telegram, { kind: 'unblocked' })
    await toldAll()
    expect([await saidIn(telegram), await saidIn(vk)]).toEqual([['Новость 1'], ['Новость 1']])
  })
})

test('a platform that refuses what we sent ends the notice', async () => {
  const { resident, telegram } = await somebody()
  const id = await planned(resident, 'сбой', { chat: telegram })
  await toldAll()
  await fresh.database.pool.query(
    `UPDATE outbox SET state = 'dropped', failure = 'PLATFORM_REFUSED' WHERE chat = $1 AND state = 'pending'`,
    [telegram],
  )
  await toldAll()
  expect(await noticeOf(id)).toMatchObject({ state: 'failed', failure: 'PLATFORM_REFUSED' })
  expect(untold).toContain('сбой')
})

test('what is no news any more is dropped without a word', async () => {
  const { resident, telegram } = await somebody()
  const id = await planned(resident, 'old', { chat: telegram })
  await toldAll()
  expect(await saidIn(telegram)).toEqual([])
  expect(await noticeOf(id)).toMatchObject({ state: 'dropped' })
})

test('nothing is told before it is due', async () => {
  const { resident, telegram } = await somebody()
  const id = await planned(resident, '1', { chat: telegram, dueAt: new Date(clock.now().getTime() + 60_000) })
  await toldAll()
  expect(await noticeOf(id)).toMatchObject({ state: 'planned' })
})

test('a resident who has left no chat is given up at once', async () => {
  const resident = await residentIn(fresh.database, [], { now: clock.now() })
  const id = await planned(resident, 'никого')
  await toldAll()
  expect(await noticeOf(id)).toMatchObject({ state: 'failed', failure: 'NOBODY' })
  expect(untold).toContain('никого')
})

describe('while a person holds the chat', () => {
  const summoned = async (chat: ChatId) =>
    comes(chat, { kind: 'due', timer: 'x', what: { kind: 'summons', dialog: 'consultant', about: { line: 'taken' } } })

  test('a notice waits, and is told when he leaves', async () => {
    const { resident, telegram } = await somebody()
    await summoned(telegram)
    const id = await planned(resident, 'позже', { chat: telegram })
    await toldAll()
    expect(await noticeOf(id)).toMatchObject({ state: 'waiting', chat: telegram })
    await bare.engine.handle([await bare.press(telegram, 'Закончить')])
    expect((await saidIn(telegram)).at(-1)).toContain('Новость позже')
    expect(await noticeOf(id)).toMatchObject({ state: 'told' })
  })

  test('the same said twice is told once; of too many the oldest are dropped', async () => {
    const { resident, telegram } = await somebody()
    await summoned(telegram)
    const first = await planned(resident, '0', { chat: telegram })
    const ids: string[] = []
    await toldAll()
    for (let news = 1; news <= 20; news++) ids.push(await planned(resident, String(news), { chat: telegram }))
    const again = await planned(resident, '7', { chat: telegram })
    await toldAll()
    const states = await Promise.all([first, ids[6] ?? '', again].map(noticeOf))
    expect(states).toMatchObject([{ state: 'dropped' }, { state: 'dropped' }, { state: 'waiting' }])
  })
})

test('a turn that fails tells nothing: the other chat is tried', async () => {
  const { resident, telegram, vk } = await somebody()
  await fresh.database.pool.query(`UPDATE conversation SET state = '{"spoilt": true}' WHERE chat = $1`, [telegram])
  const id = await planned(resident, '1', { chat: telegram })
  await toldAll()
  expect(await noticeOf(id)).toMatchObject({ state: 'told', chat: vk })
})

describe('at night', () => {
  const night = '2026-11-10T18:00:00Z'
  const morning = '2026-11-11T04:00:00Z'
  afterEach(() => clock.set(noon))

  test('an answer that staff give waits for the morning', async () => {
    const { resident, telegram } = await somebody()
    clock.set(night)
    const id = await planned(resident, 'ответ', { chat: telegram, kind: 'request' })
    await toldAll()
    expect(await noticeOf(id)).toMatchObject({ state: 'planned', chat: telegram })
    clock.set(morning)
    await toldAll()
    expect(await noticeOf(id)).toMatchObject({ state: 'told', chat: telegram })
  })

  test('whoever is here himself is told at once', async () => {
    const { resident, telegram } = await somebody()
    clock.set(night)
    await fresh.database.pool.query('UPDATE conversation SET updated_at = $2 WHERE chat = $1', [telegram, clock.now()])
    const id = await planned(resident, 'ответ', { chat: telegram, kind: 'request' })
    await toldAll()
    expect(await noticeOf(id)).toMatchObject({ state: 'told' })
  })

  test.each(['visit', 'file', 'newcomer', 'news'])('%s is told at its moment', async (kind) => {
    const { resident, telegram } = await somebody()
    clock.set(night)
    const id = await planned(resident, kind, { chat: telegram, kind })
    await toldAll()
    expect(await noticeOf(id)).toMatchObject({ state: 'told' })
  })
})
