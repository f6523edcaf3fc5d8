import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Consultant } from '../../src/desk/consultants.ts'
import { closeHandOff } from '../../src/desk/transitions/closeHandOff.ts'
import { endHold, hold } from '../../src/desk/transitions/hold.ts'
import { lead } from '../../src/desk/transitions/lead.ts'
import { whatIsDue } from '../../src/desk/transitions/nextAt.ts'
import { passTo } from '../../src/desk/transitions/passTo.ts'
import { putBack } from '../../src/desk/transitions/putBack.ts'
import { reopen } from '../../src/desk/transitions/reopen.ts'
import { consultantSpoke, residentSpoke } from '../../src/desk/transitions/spoke.ts'
import { take, takeFromInbox } from '../../src/desk/transitions/take.ts'
import { readConfig } from '../../src/infra/config.ts'
import type { Sql } from '../../src/infra/database.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { testClock } from '../support/clock.ts'
import { hashKey } from '../support/hashKey.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'
import { type Staff, staffOf, type Waiting } from './staff.ts'

let fresh: FreshDatabase
let staff: Staff
let he: Waiting
let next = 500
const clock = testClock(noon)
const { rules } = readConfig({ DATABASE_URL: 'postgres://x', HASH_KEY: hashKey })
const words = openWords(rules.timeZone)
const day = 24 * 60 * 60_000

beforeAll(async () => {
  fresh = await freshDatabase()
  staff = staffOf(fresh.database, clock)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  clock.set(noon)
  he = await staff.waiting()
})

const someone = async (more: Parameters<Staff['consultant']>[1] = {}): Promise<Consultant> => {
  const id = await staff.consultant(String(next++), more)
  return {
    id,
    name: more.name ?? `К ${id}`,
    role: more.role === 'supervisor' ? 'supervisor' : 'consultant',
    mostChats: more.mostChats ?? null,
    onShift: null,
  }
}
const takes = (by: Consultant, more: { evenTaken?: boolean; handOff?: string } = {}) =>
  staff.inOne((sql) => take(sql, { handOff: he.id, by, now: clock.now(), rules, ...more }))
/** Begins the second piece of work while the first one is done but not committed, and commits when the second waits for it or is done too. */
async function meanwhile<First, Second>(
  work: (sql: Sql) => Promise<First>,
  other: () => Promise<Second>,
): Promise<[First, Second]> {
  let second: Promise<Second> | undefined
  const first = await staff.inOne(async (sql) => {
    const done = await work(sql)
    let isOver = false
    second = other().finally(() => {
      isOver = true
    })
    while (!isOver && !(await somebodyWaits())) {}
    return done
  })
  if (!second) throw new Error('not begun')
  return [first, await second]
}

async function somebodyWaits(): Promise<boolean> {
  const waiting = await staff.sql(
    'waiting.locks',
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    [],
  )
  return waiting.length > 0
}

const later = (minutes: number) => clock.set(new Date(clock.now().getTime() + minutes * 60_000).toISOString())
const minutesFrom = (at: Date | null, since: Date) => Math.round(((at?.getTime() ?? 0) - since.getTime()) / 60_000)

describe('«Беру»', () => {
  test('gives a waiting resident to whoever presses, tells him with whom he talks, and begins to wait for an answer', async () => {
    const he1 = await someone({ name: 'Анна', onShift: false })
    expect(await takes(he1)).toMatchObject({ kind: 'done' })
    const handOff = await staff.handOff(he.id)
    expect(handOff).toMatchObject({ state: 'taken', takenBy: he1.id })
    expect(minutesFrom(handOff.nextAt, clock.now())).toBe(rules.desk.remindMinutes)
    expect(whatIsDue(handOff)).toBe('remind')
    expect(await staff.lines(he.id)).toMatchObject([
      { author: 'desk', state: 'pending', body: { kind: 'taken', name: 'Анна' } },
    ])
    expect(await staff.takes(he.id)).toEqual([{ by: he1.id, ended: null }])
    expect(await staff.posts(he.topicId)).toEqual([{ kind: 'title' }])
    const [shift] = await staff.sql<{ on: boolean }>(
      'on',
      'SELECT shift_since IS NOT NULL AS on FROM consultant WHERE id = $1',
      [he1.id],
    )
    expect(shift).toEqual({ on: true })
  })

  test('pressed by two at once is for one of them, and the other learns whose it is', async () => {
    const [first, second] = [await someone(), await someone()]
    const outcomes = await meanwhile(
      (sql) => take(sql, { handOff: he.id, by: first, now: clock.now(), rules }),
      () => takes(second),
    )
    expect(outcomes).toMatchObject([{ kind: 'done' }, { kind: 'refused', why: 'taken', by: first.id }])
    expect(await staff.takes(he.id)).toEqual([{ by: first.id, ended: null }])
  })

  test('is refused beyond the limit, even when two are pressed at once', async () => {
    const one = await someone({ mostChats: 1 })
    const other = await staff.waiting()
    const outcomes = await meanwhile(
      (sql) => take(sql, { handOff: he.id, by: one, now: clock.now(), rules }),
      () => takes(one, { handOff: other.id }),
    )
    expect(outcomes).toMatchObject([{ kind: 'done' }, { kind: 'refused', why: 'full', most: 1 }])
  })

  test('of a taken one is refused to a consultant, and to a supervisor unless he says that he means it', async () => {
    const [first, second, chief] = [
      await someone(),
      await someone(),
      await someone({ role: 'supervisor', name: 'Главная' }),
    ]
    await takes(first)
    for (const one of [second, chief]) expect(await takes(one)).toEqual({ kind: 'refused', why: 'taken', by: first.id })
    expect(await takes(second, { evenTaken: true })).toMatchObject({ why: 'taken' })
    expect(await takes(chief, { evenTaken: true })).toMatchObject({ kind: 'done' })
    expect(await staff.takes(he.id)).toEqual([
      { by: first.id, ended: 'passed' },
      { by: chief.id, ended: null },
    ])
    expect((await staff.lines(he.id)).at(-1)?.body).toEqual({ kind: 'passed', name: 'Главная' })
  })
})

test('what is passed on stays with its holder until the other one takes it', async () => {
  const [first, second, third] = [await someone({ name: 'Анна' }), await someone({ name: 'Борис' }), await someone()]
  await takes(first)
  const asked = { handOff: he.id, to: second.id, now: clock.now(), words }
  expect(await staff.inOne((sql) => passTo(sql, { ...asked, by: third }))).toMatchObject({ why: 'taken', by: first.id })
  expect(await staff.inOne((sql) => passTo(sql, { ...asked, by: first }))).toMatchObject({ kind: 'done' })
  expect(await staff.handOff(he.id)).toMatchObject({ takenBy: first.id, offeredTo: second.id })
  expect((await staff.posts(he.topicId)).at(-1)).toMatchObject({
    text: { values: { name: 'Борис', from: 'Анна' } },
    mentions: [second.id],
    buttons: [[{ label: 'Беру', token: `take:${he.id}` }]],
  })
  expect(await takes(third)).toMatchObject({ why: 'taken' })
  expect(await takes(second)).toMatchObject({ kind: 'done' })
  expect(await staff.handOff(he.id)).toMatchObject({ takenBy: second.id, offeredTo: null })
})

test('back in the queue he keeps his place, and whoever did not answer does not get him while others are there', async () => {
  const [first, second] = [await someone(), await someone()]
  const { queuedAt } = await staff.handOff(he.id)
  await takes(first)
  later(10)
  await staff.inOne((sql) => putBack(sql, { handOff: he.id, why: 'silent', now: clock.now(), rules }))
  const handOff = await staff.handOff(he.id)
  expect(handOff).toMatchObject({ state: 'waiting', takenBy: null, refusedBy: [first.id], queuedAt })
  expect(minutesFrom(handOff.nextAt, clock.now())).toBe(rules.desk.alarmMinutes)
  expect(await takes(first)).toEqual({ kind: 'refused', why: 'wasYours' })
  expect(await takes(second)).toMatchObject({ kind: 'done' })
  expect((await staff.lines(he.id)).map(({ body }) => body.kind)).toEqual(['taken', 'queued', 'taken'])
  expect(await staff.takes(he.id)).toEqual([
    { by: first.id, ended: 'silent' },
    { by: second.id, ended: null },
  ])
})

test('what is put off comes back to its holder, by the clock or when the resident writes', async () => {
  const first = await someone()
  await takes(first)
  await staff.inOne((sql) => consultantSpoke(sql, { handOff: he, now: clock.now(), rules }))
  const until = new Date(clock.now().getTime() + 60 * 60_000)
  const holds = () => staff.inOne((sql) => hold(sql, { handOff: he.id, by: first, until, now: clock.now() }))
  expect(await holds()).toMatchObject({ kind: 'done' })
  const held = await staff.handOff(he.id)
  expect(held).toMatchObject({ state: 'on_hold', takenBy: first.id, holdUntil: until, nextAt: until })
  expect(whatIsDue(held)).toBe('endHold')
  later(60)
  await staff.inOne((sql) => endHold(sql, { handOff: he.id, now: clock.now(), rules }))
  expect(whatIsDue(await staff.handOff(he.id))).toBe('remind')
  await holds()
  await staff.inOne((sql) => residentSpoke(sql, { handOff: he.id, chat: 'vk:5', now: clock.now(), rules }))
  expect(await staff.handOff(he.id)).toMatchObject({ state: 'taken', chat: 'vk:5', holdUntil: null })
})

test('the clock waits for an answer to the first words that want one, then for the resident', async () => {
  const first = await someone()
  await takes(first)
  await staff.inOne((sql) => consultantSpoke(sql, { handOff: he, now: clock.now(), rules }))
  const answered = await staff.handOff(he.id)
  expect(whatIsDue(answered)).toBe('silence')
  expect(minutesFrom(answered.nextAt, clock.now())).toBe(rules.desk.silenceMinutes)
  later(1)
  const asks = () =>
    staff.inOne((sql) => residentSpoke(sql, { handOff: he.id, chat: he.chat, now: clock.now(), rules }))
  await asks()
  const asked = await staff.handOff(he.id)
  later(2)
  await asks()
  expect(await staff.handOff(he.id)).toMatchObject({ nextAt: asked.nextAt })
  expect(whatIsDue(await staff.handOff(he.id))).toBe('remind')
})

describe('a closed one', () => {
  test.each(['consultant', 'resident', 'silence', 'clock', 'deleted'] as const)(
    'by %s is told to whom it concerns',
    async (by) => {
      const first = await someone()
      await takes(first)
      const asked = by === 'consultant' ? { by, who: first } : { by }
      await staff.inOne((sql) => closeHandOff(sql, { handOff: he.id, now: clock.now(), ...asked }))
      expect(await staff.handOff(he.id)).toMatchObject({ state: 'closed', nextAt: null })
      const told = (await staff.lines(he.id)).slice(1).map(({ body }) => body)
      expect(told).toEqual(by === 'resident' || by === 'deleted' ? [] : [{ kind: 'closed', by }])
      expect(await staff.takes(he.id)).toEqual([{ by: first.id, ended: 'closed' }])
      expect((await staff.posts(he.topicId)).at(-1)).toEqual({ kind: by === 'deleted' ? 'title' : 'close' })
    },
  )

  test('opens again within a day, and not beside another', async () => {
    const first = await someone()
    await takes(first)
    const closes = () =>
      staff.inOne((sql) => closeHandOff(sql, { handOff: he.id, now: clock.now(), by: 'consultant', who: first }))
    const reopens = () => staff.inOne((sql) => reopen(sql, { handOff: he.id, now: clock.now(), rules }))
    expect(await reopens()).toEqual({ kind: 'refused', why: 'open' })
    await closes()
    expect(await reopens()).toMatchObject({ kind: 'done' })
    expect(await staff.handOff(he.id)).toMatchObject({ state: 'waiting', takenBy: null, closedAt: null })
    await takes(first)
    await closes()
    clock.set(new Date(clock.now().getTime() + day).toISOString())
    expect(await reopens()).toEqual({ kind: 'refused', why: 'late' })
    clock.set(noon)
    await staff.sql(
      'another',
      `INSERT INTO hand_off (id, resident_id, topic_id, chat, subject, state, asked_at, queued_at, resident_at)
       VALUES (gen_random_uuid(), $1, $2, $3, 'other', 'waiting', $4, $4, $4)`,
      [he.residentId, he.topicId, he.chat, clock.now()],
    )
    expect(await reopens()).toEqual({ kind: 'refused', why: 'another' })
  })
})

test('a dialog is opened for the resident by whoever holds the chat, and the talk goes on', async () => {
  const first = await someone()
  const leads = () =>
    staff.inOne((sql) =>
      lead(sql, { handOff: he.id, by: first, dialog: 'readings', title: 'Показания', now: clock.now(), rules }),
    )
  expect(await leads()).toEqual({ kind: 'refused', why: 'waiting' })
  await takes(first)
  expect(await leads()).toMatchObject({ kind: 'done' })
  expect((await staff.lines(he.id)).at(-1)).toMatchObject({ author: 'desk', body: { kind: 'led', dialog: 'readings' } })
  expect(await staff.handOff(he.id)).toMatchObject({ state: 'taken' })
})

test('an administrator who answers from the inbox of VK has a chat that nobody has', async () => {
  const first = await someone()
  const answers = () =>
    staff.inOne((sql) => takeFromInbox(sql, { handOff: he.id, admin: '7', now: clock.now(), rules }))
  expect(await answers()).toMatchObject({ kind: 'done' })
  expect(await staff.handOff(he.id)).toMatchObject({ state: 'taken', takenBy: 'vk:7' })
  expect(await staff.lines(he.id)).toEqual([])
  expect(await answers()).toEqual({ kind: 'refused', why: 'yours' })
  expect(await takes(first)).toEqual({ kind: 'refused', why: 'taken', by: 'vk:7' })
})
