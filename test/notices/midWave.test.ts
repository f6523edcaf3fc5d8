import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Flat, flatsWithWater } from '../durability/ground.ts'
import { typed, valuesOf } from '../durability/talk.ts'
import { openReminding, type Reminding, type Someone } from './reminding.ts'
import { shownBy } from './residents.ts'

/** Who is to be told, and of how many a round tells. */
const count = 6
const half = 3

interface Resident extends Someone {
  flat: Flat
}

let r: Reminding
let flats: Flat[]
let people: Resident[]
beforeAll(async () => {
  r = await openReminding()
  flats = await flatsWithWater(r.database)
})
afterAll(() => r.close())
beforeEach(async () => {
  for (const table of ['notice', 'wave', 'reminder_choice', 'conversation', 'outbox', 'link', 'consent', 'resident'])
    await r.database.pool.query(`DELETE FROM ${table}`)
  await r.database.pool.query(`DELETE FROM reading WHERE period = '2026-11' AND source IN ('telegram', 'vk', 'import')`)
  people = []
  for (const flat of flats.slice(0, count)) people.push({ ...(await r.resident([flat], true)), flat })
})

/** A wave of which half has been told, and shown unless we died before: answers who was told, and who is left. */
async function halfTold(
  day: '2026-11-20' | '2026-11-24',
  at: string,
  isShown = true,
): Promise<{ told: Resident[]; left: Resident[] }> {
  r.clock.set(at)
  await r.plan('readings', day)
  await r.tellSome(half)
  const said = await Promise.all(people.map(({ chat }) => r.said(chat)))
  const told = people.filter((_, nth) => said[nth]?.length === 1)
  expect(told).toHaveLength(half)
  for (const { chat } of isShown ? told : []) await shownBy(r.database, chat)
  return { told, left: people.filter((one) => !told.includes(one)) }
}

/** Later all is told that may be, and the platform has shown it. */
async function later(at: string): Promise<void> {
  r.clock.set(at)
  await r.tell()
  for (const { chat, other } of people) for (const one of [chat, other]) await shownBy(r.database, one)
  await r.tell()
}

const saidTo = (some: readonly Resident[]) =>
  Promise.all(some.map(async ({ chat, other }) => [...(await r.said(chat)), ...(await r.said(other))]))
const once = (some: readonly Resident[], words: string) => some.map(() => [expect.stringContaining(words)])
const states = async () => {
  const { rows } = await r.database.pool.query(
    `SELECT state, count(*)::int AS count FROM notice GROUP BY state ORDER BY state`,
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}
const waveState = async () => (await r.database.prisma.wave.findMany()).map(({ state }) => state)

describe('when the day ends in the midst of a wave', () => {
  test('the others are told in the morning, of the days that are left then, and nobody twice', async () => {
    const { told, left } = await halfTold('2026-11-20', '2026-11-20T15:59:00Z')
    await later('2026-11-20T16:00:10Z')
    await later('2026-11-21T03:59:00Z')
    expect(await saidTo(left)).toEqual(left.map(() => []))
    expect(await waveState()).toEqual(['running'])
    await later('2026-11-21T04:00:10Z')
    expect(await saidTo(told)).toEqual(once(told, 'осталось 5 дней'))
    expect(await saidTo(left)).toEqual(once(left, 'осталось 4 дня'))
    expect([await states(), await waveState()]).toEqual([{ shown: count }, ['done']])
  })

  test('who wants to be reminded tomorrow is told once more then, and the others once', async () => {
    const { told, left } = await halfTold('2026-11-20', '2026-11-20T15:59:00Z')
    const [again, ...others] = told
    if (!again) throw new Error('somebody who was told')
    await r.press(again.chat, 'Напомнить завтра')
    await later('2026-11-21T06:00:10Z')
    expect((await r.said(again.chat)).filter((words) => words.includes('Показания за ноябрь'))).toEqual([
      expect.stringContaining('осталось 5 дней'),
      expect.stringContaining('осталось 4 дня'),
    ])
    expect(await saidTo(others)).toEqual(once(others, 'осталось 5 дней'))
    expect(await saidTo(left)).toEqual(once(left, 'осталось 4 дня'))
  })

  test('on the last day the others are told so, and after it nothing: the wave is over', async () => {
    const { told, left } = await halfTold('2026-11-24', '2026-11-24T15:59:00Z')
    const [last] = left
    r.clock.set('2026-11-25T15:59:00Z')
    await r.tellSome(1)
    const today = (await saidTo(left)).flat()
    expect(today).toEqual([expect.stringContaining('Сегодня последний день')])
    await later('2026-11-26T04:00:10Z')
    expect((await saidTo(left)).flat()).toEqual(today)
    expect(await saidTo(told)).toEqual(once(told, 'остался 1 день'))
    expect(last).toBeDefined()
    expect([await states(), await waveState()]).toEqual([{ dropped: left.length - 1, shown: half + 1 }, ['done']])
  })

  test('a wave that goes on until the day of the next one leaves the rest to it', async () => {
    const { told, left } = await halfTold('2026-11-20', '2026-11-20T15:59:00Z')
    r.clock.set('2026-11-24T06:00:10Z')
    await r.plan('readings', '2026-11-24')
    await later('2026-11-24T06:00:20Z')
    expect(await saidTo(left)).toEqual(once(left, 'остался 1 день'))
    expect((await saidTo(told)).map((said) => said.length)).toEqual(told.map(() => 2))
  })
})

test('who gives his readings in the midst of a wave, in whatever way, is not reminded; of a part the rest is asked for', async () => {
  const { told, left } = await halfTold('2026-11-20', '2026-11-20T06:30:00Z')
  const [byImport, himself, partly] = left
  if (!byImport || !himself || !partly) throw new Error('three residents')
  const imported = (flat: Flat, services: string[]) =>
    r.database.pool.query(
      `INSERT INTO reading (id, account_id, meter_id, period, t1, read_at, submitted_at, source, flags, status)
       SELECT gen_random_uuid(), account_id, id, '2026-11', last_t1 + 1, '2026-11-20', $1, 'import', '{}', 'accepted' FROM meter
       WHERE account_id = $2 AND service = ANY ($3) AND removed_at IS NULL`,
      [r.clock.now(), flat.accountId, services],
    )
  await imported(byImport.flat, ['HVS', 'GVS'])
  await imported(partly.flat, ['HVS'])
  // In the messenger in which he would not have been reminded.
  const text = typed(valuesOf(himself.flat, 1))
  await r.bare.engine.handle([r.bare.event(himself.other, { kind: 'text', text, message: '1' })])
  await r.press(himself.other, 'Верно')
  expect((await r.said(himself.other)).at(-1)).toContain('Показания приняты')

  await r.tell()
  expect([await r.said(byImport.chat), await r.said(himself.chat)]).toEqual([[], []])
  const [words = '', ...more] = await r.said(partly.chat)
  expect(more).toEqual([])
  expect(words.match(/• .*/g)).toEqual([expect.stringContaining('Горячая')])
  expect(await saidTo(told)).toEqual(once(told, 'Показания за ноябрь'))
})

test('what the evening’s last messages were, and a process that died left untried, is told anew in the morning, once, in the same chat', async () => {
  const { told, left } = await halfTold('2026-11-20', '2026-11-20T15:59:00Z', false)
  // As the outbox of the next process notes it at night.
  await r.database.pool.query(`UPDATE outbox SET state = 'dropped', failure = 'LATE'`)
  await later('2026-11-20T18:30:00Z')
  expect(await states()).toEqual({ planned: count })
  await later('2026-11-21T04:00:10Z')
  expect(await saidTo(left)).toEqual(once(left, 'осталось 4 дня'))
  for (const { chat, other } of told) {
    expect(await r.said(other)).toEqual([])
    expect((await r.said(chat)).slice(1)).toEqual([expect.stringContaining('осталось 4 дня')])
  }
  expect([await states(), await waveState()]).toEqual([{ shown: count }, ['done']])
})
