import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialogs as ours } from '../../src/dialogs/index.ts'
import type { EffectCall, RunEffect } from '../../src/effects/registry.ts'
import type { ChatId } from '../../src/engine/event.ts'
import { screen } from '../../src/engine/saying.ts'
import { text } from '../../src/engine/text.ts'
import { type Sql, sqlOn } from '../../src/infra/database.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { storedReadings } from './accounting.ts'
import { type Around, type BareEngine, bareEngine, settleIn, shown } from './bareEngine.ts'
import { type Flat, flatsWithWater } from './ground.ts'
import { inTime } from './running.ts'
import { confirmationIn, typed, valuesOf } from './talk.ts'

let fresh: FreshDatabase
let flats: Flat[]
const engines: BareEngine[] = []
beforeAll(async () => {
  fresh = await freshDatabase({ of: 'town', poolSize: 20 })
  flats = await flatsWithWater(fresh.database)
})
afterAll(async () => {
  await Promise.all(engines.map((one) => one.close()))
  await fresh.drop()
})

function engine(around: Around = {}): BareEngine {
  const one = bareEngine(fresh.database, { around })
  engines.push(one)
  return one
}

let met = 0
const newFlat = (): Flat => {
  const flat = flats[met++]
  if (!flat) throw new Error('the sample town has too few flats')
  return flat
}

/** Residents of these flats, each before the table he has only to confirm. */
async function readyToConfirm(homes: Flat[], { engine, event }: BareEngine): Promise<{ chat: ChatId; flat: Flat }[]> {
  const residents = homes.map((flat, nth): { chat: ChatId; flat: Flat } => ({
    chat: `${nth % 2 ? 'vk' : 'telegram'}:${1000 + met * 10 + nth}`,
    flat,
  }))
  for (const { chat, flat } of residents) {
    await settleIn(fresh.database, chat, [flat])
    await engine.handle([event(chat, { kind: 'text', text: 'меню', message: '1' })])
    await engine.handle([event(chat, { kind: 'text', text: typed(valuesOf(flat, 1)), message: '2' })])
    expect(await lastShown(chat)).toContain('Проверьте')
  }
  return residents
}

const lastShown = async (chat: ChatId): Promise<string> => (await shown(fresh.database, chat)).at(-1)?.text.text ?? ''

const confirmAll = (chats: { chat: ChatId }[], one: BareEngine) =>
  Promise.all(chats.map(({ chat }) => one.press(chat, 'Верно')))

/** Comes before the write of one chat's readings. */
const beforeWrite =
  (of: () => ChatId, work: (own: Sql) => Promise<unknown>) =>
  (run: RunEffect): RunEffect =>
  (call, who) =>
    run(call, who.chat === of() && call.effect === 'submitReadings' ? { ...who, sql: interrupted(who.sql, work) } : who)

const interrupted =
  (sql: Sql, work: (own: Sql) => Promise<unknown>): Sql =>
  async (name, statement, values) => {
    if (name === 'readings.take') await work(sql)
    return sql(name, statement, values)
  }

/** How a reading that a unique index holds against a second one comes between, and what the resident is told then. */
test.each([
  {
    by: 'of another transaction, is judged again',
    between: (flat: Flat) => otherReading(poolSql(), flat),
    told: /данные изменились/,
  },
  {
    by: 'of its own, is told as not written',
    between: (flat: Flat, own: Sql) => otherReading(own, flat),
    told: /не записан/,
  },
])(
  'an effect that hits a unique index, by a write $by, and harms nobody who was taken with it',
  async ({ between, told }) => {
    let unlucky: ChatId = 'vk:0'
    const flat = newFlat()
    const bare = engine({
      effects: beforeWrite(
        () => unlucky,
        (own) => between(flat, own),
      ),
    })
    const [first, hit, last] = await readyToConfirm([newFlat(), flat, newFlat()], bare)
    if (!first || !hit || !last) throw new Error('three residents')
    unlucky = hit.chat
    const asker: ChatId = `telegram:${70 + met}`
    const events = await confirmAll([first, hit, last], bare)
    await bare.engine.handle([...events, bare.event(asker, { kind: 'text', text: 'помощь', message: '1' })])

    expect(await lastShown(hit.chat)).toMatch(told)
    expect((await shown(fresh.database, hit.chat)).filter(({ text }) => confirmationIn(text.text))).toEqual([])
    expect(await storedReadings(fresh.database, flat)).toEqual({ told: [], current: undefined })
    for (const { chat, flat } of [first, last]) {
      const confirmation = confirmationIn(await lastShown(chat))
      const told = { confirmation, values: valuesOf(flat, 1) }
      expect(await storedReadings(fresh.database, flat)).toEqual({ told: [told], current: told })
    }
    expect(await lastShown(asker)).toContain('Здравствуйте')
  },
)

/** A reading that came by another way. */
const otherReading = (sql: Sql, { accountId, meters: [meter] }: Flat) =>
  sql(
    'test.other',
    `INSERT INTO reading (id, account_id, meter_id, period, t1, read_at, submitted_at, source, flags, status)
     VALUES (gen_random_uuid(), $1, $2, '2026-11', $3::numeric / 1000, '2026-11-10', now(), 'web', '{}', 'accepted')`,
    [accountId, meter?.id, meter?.last],
  )

const poolSql = (): Sql => sqlOn(fresh.database)

test('two effects that lock each other out are both done', async () => {
  const [a, b] = [newFlat(), newFlat()]
  const both = meeting(2)
  const crossed =
    (run: RunEffect): RunEffect =>
    async (call, who) => {
      const order = accountOf(call) === a.accountId ? [a, b] : [b, a]
      for (const [nth, { accountId }] of order.entries()) {
        await who.sql('test.lock', 'SELECT 1 FROM account WHERE id = $1 FOR UPDATE', [accountId])
        if (nth === 0) await both()
      }
      return run(call, who)
    }
  // Of two processes: what one takes at once may share a transaction.
  const [bare, other] = [engine({ effects: crossed }), engine({ effects: crossed })]
  const residents = await readyToConfirm([a, b], bare)
  const deadlocks = await deadlocksSoFar()
  const [one, another] = await confirmAll(residents, bare)
  if (!one || !another) throw new Error('two residents')
  await Promise.all([bare.engine.handle([one]), other.engine.handle([another])])
  for (const { chat, flat } of residents) {
    const told = { confirmation: confirmationIn(await lastShown(chat)), values: valuesOf(flat, 1) }
    expect(await storedReadings(fresh.database, flat)).toEqual({ told: [told], current: told })
  }
  await expect.poll(deadlocksSoFar, { timeout: 20_000 }).toBeGreaterThan(deadlocks)
})

const accountOf = ({ effect, input }: EffectCall) => (effect === 'submitReadings' ? input.accountId : undefined)

async function deadlocksSoFar(): Promise<number> {
  const { rows } = await fresh.database.pool.query(
    'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
  )
  return rows[0].deadlocks
}

/** Lets the first so many go on together, and everybody after them at once. */
function meeting(size: number): () => Promise<void> {
  let there = 0
  let open = () => {}
  const all = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    there += 1
    if (there >= size) open()
    return all
  }
}

test.each([
  // A press on a screen that is no longer the present one takes nothing; values typed at the menu are read there, too.
  { during: 'an effect', does: 'press', leadsTo: 'Что вам нужно?' },
  { during: 'a read', does: 'type', leadsTo: 'Проверьте' },
] as const)('a turn is computed again when another process was faster during $during', async ({ does, leadsTo }) => {
  const flat = newFlat()
  const other = engine()
  let chat: ChatId | undefined
  const cutIn = async () => {
    const cut = chat
    chat = undefined
    if (cut) await other.engine.handle([other.event(cut, { kind: 'text', text: 'меню', message: '8' })])
  }
  const bare = engine({
    effects: (run) => async (call, who) => {
      await cutIn()
      return run(call, who)
    },
    queries: (queries) => ({
      ...queries,
      meters: {
        onHand: async (accountId, period) => {
          await cutIn()
          return queries.meters.onHand(accountId, period)
        },
      },
    }),
  })
  const [resident] = await readyToConfirm([flat], bare)
  if (!resident) throw new Error('a resident')
  const before = (await shown(fresh.database, resident.chat)).length
  const event =
    does === 'press'
      ? await bare.press(resident.chat, 'Верно')
      : bare.event(resident.chat, { kind: 'text', text: typed(valuesOf(flat, 2)), message: '9' })
  chat = resident.chat
  await bare.engine.handle([event])
  const [first, second, ...more] = (await shown(fresh.database, resident.chat)).slice(before)
  expect(first?.text.text).toContain('Что вам нужно?')
  expect(second?.text.text).toContain(leadsTo)
  expect(more).toEqual([])
  expect(await storedReadings(fresh.database, flat)).toEqual({ told: [], current: undefined })
})

test('two processes that are told the same do it once, whoever is faster', async () => {
  const processes = [engine(), engine()]
  const [one] = processes
  if (!one) throw new Error('two processes')
  const residents = await readyToConfirm(Array.from({ length: 8 }, newFlat), one)
  const newcomers = Array.from({ length: 8 }, (_, nth): ChatId => `vk:${900 + nth}`)
  const events = [
    ...(await confirmAll(residents, one)),
    ...newcomers.flatMap((chat) => [
      one.event(chat, { kind: 'start' }),
      one.event(chat, { kind: 'text', text: 'помощь', message: '2' }),
      one.event(chat, { kind: 'text', text: 'настройки', message: '3' }),
    ]),
  ]
  const before = new Map(
    await Promise.all(residents.map(async ({ chat }) => [chat, (await shown(fresh.database, chat)).length] as const)),
  )
  await Promise.all(processes.map(({ engine }) => engine.handle(events)))

  for (const { chat, flat } of residents) {
    const texts = (await shown(fresh.database, chat)).slice(before.get(chat)).map(({ text }) => text.text)
    expect(texts).toHaveLength(1)
    const told = { confirmation: confirmationIn(texts[0] ?? ''), values: valuesOf(flat, 1) }
    expect(await storedReadings(fresh.database, flat)).toEqual({ told: [told], current: told })
  }
  for (const chat of newcomers) expect(await shown(fresh.database, chat)).toHaveLength(3)
  const seen = await fresh.database.prisma.seen.count({ where: { event: { in: events.map(({ id }) => id) } } })
  expect(seen).toBe(events.length)
})

test('the same values confirmed in two chats at once are taken once, under one number', async () => {
  const flat = newFlat()
  const bare = engine()
  const residents = await readyToConfirm([flat, flat], bare)
  await bare.engine.handle(await confirmAll(residents, bare))
  const texts = await Promise.all(residents.map(({ chat }) => lastShown(chat)))
  const { told } = await storedReadings(fresh.database, flat)
  expect(told).toHaveLength(1)
  expect(texts.map(confirmationIn)).toEqual([told[0]?.confirmation, told[0]?.confirmation])
  expect(texts.filter((text) => text.includes('уже приняты'))).toHaveLength(1)
})

test('an import under way holds up no confirmation', async () => {
  const flat = newFlat()
  const bare = engine()
  const [resident] = await readyToConfirm([flat], bare)
  if (!resident) throw new Error('a resident')
  const importing = await fresh.database.pool.connect()
  try {
    // All that the merge of a billing file rewrites, and holds until its end.
    await importing.query('BEGIN')
    await importing.query('UPDATE account SET living = living WHERE id = $1', [flat.accountId])
    await importing.query('UPDATE meter SET serial = serial WHERE account_id = $1', [flat.accountId])
    await bare.engine.handle(await confirmAll([resident], bare))
    expect(await lastShown(resident.chat)).toContain('Показания приняты')
  } finally {
    await importing.query('ROLLBACK')
    importing.release()
  }
})

test('who has to wait for another’s lock keeps nobody waiting who was taken with him', async () => {
  const held = newFlat()
  const bare = engine()
  const residents = await readyToConfirm([newFlat(), held, newFlat()], bare)
  const holding = await fresh.database.pool.connect()
  let handled: Promise<void> | undefined
  try {
    await holding.query('BEGIN')
    await holding.query('SELECT pg_advisory_xact_lock(1, $1)', [held.accountId])
    handled = bare.engine.handle(await confirmAll(residents, bare))
    const others = residents.filter(({ flat }) => flat !== held)
    for (const { chat } of others) await expect.poll(() => lastShown(chat), inTime).toContain('Показания приняты')
    expect((await storedReadings(fresh.database, held)).told).toEqual([])
  } finally {
    await holding.query('ROLLBACK')
    holding.release()
  }
  await handled
  expect((await storedReadings(fresh.database, held)).told).toHaveLength(1)
})

test('what follows a failed event in its chat waits for it', async () => {
  const flat = newFlat()
  let away = true
  const bare = engine({
    effects: (run) => (call, who) => {
      if (away) throw Object.assign(new Error('the database is away'), { code: 'ECONNREFUSED' })
      return run(call, who)
    },
  })
  const [resident] = await readyToConfirm([flat], bare)
  if (!resident) throw new Error('a resident')
  const [press] = await confirmAll([resident], bare)
  const batch = [press, bare.event(resident.chat, { kind: 'text', text: 'помощь', message: '9' })].flatMap(
    (event) => event ?? [],
  )
  const before = (await shown(fresh.database, resident.chat)).length
  await expect(bare.engine.handle(batch)).rejects.toMatchObject({ code: 'DATABASE_DOWN' })
  expect(await shown(fresh.database, resident.chat)).toHaveLength(before)
  away = false
  await bare.engine.handle(batch)
  const [first, second, ...more] = (await shown(fresh.database, resident.chat)).slice(before)
  expect(first?.text.text).toContain('Показания приняты')
  expect(second?.text.text).toContain('Помощь')
  expect(more).toEqual([])
})

test('news that came where something is asked have come: their timer goes, that of the question stays', async () => {
  const help = ours.get('help')
  if (!help) throw new Error('a dialog that may have news')
  const telling = new Map([...ours, ['help', { ...help, news: async () => screen(text('help.title')) }]])
  const bare = bareEngine(fresh.database, { dialogs: telling })
  engines.push(bare)
  const [resident] = await readyToConfirm([newFlat()], bare)
  if (!resident) throw new Error('a resident')
  const { chat } = resident
  const { timer } = fresh.database.prisma
  const what = { kind: 'news', dialog: 'help', about: '1' } as const
  await timer.create({ data: { id: `later:${chat}`, chat, dueAt: new Date(), what } })
  await bare.engine.handle([bare.event(chat, { kind: 'due', timer: `later:${chat}`, what })])
  expect(await lastShown(chat)).toMatch(/Помощь.*Проверьте/s)
  const left = await timer.findMany({ where: { chat } })
  expect(left.map(({ id }) => id)).toEqual([`idle:${chat}`])
})
