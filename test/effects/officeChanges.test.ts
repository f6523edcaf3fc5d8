import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LocalDate } from '../../src/domain/localDate.ts'
import { officeChanges } from '../../src/jobs/officeChanges.ts'
import type { Booking } from '../../src/queries/bookings.ts'
import { noon } from '../support/town.ts'
import { at, openVisiting, type Someone, type Visiting } from './visiting.ts'

let v: Visiting
const opened: Visiting[] = []
beforeEach(async () => {
  v = await openVisiting()
  opened.push(v)
})
afterEach(() => v.clock.set(noon))
afterAll(async () => {
  for (const one of opened) await one.close()
})

const wednesday: LocalDate = '2026-11-11'
const log = { ...console, info() {}, warn() {} } as never
const follow = () => officeChanges({ database: v.fresh.database, clock: v.clock, rules: v.rules, log })()

async function booked(
  who: Someone,
  officeId: string,
  time: string,
  topic: 'debt' | 'meters' = 'meters',
): Promise<Booking> {
  const outcome = await v.book(who, { officeId, topic, date: wednesday, minute: at(time) })
  if (outcome.kind !== 'booked') throw new Error(outcome.kind)
  return outcome.booking
}

const change = (id: string, what: string) => v.sql(`change ${what}`, `UPDATE office SET ${what} WHERE id = $1`, [id])
const upcoming = (who: Someone) => v.queries.visits.upcoming(who.resident, v.clock.now(), v.rules)
const told = async ({ chat }: Someone) =>
  v.sql<{ about: string; due_at: Date }>(
    'told',
    `SELECT about, due_at FROM notice WHERE chat = $1 AND dialog = 'appointment' AND about NOT LIKE 'remind:%'`,
    [chat],
  )

test('an office that closes for a day moves its visits to the next times there, and tells of it within the hours for mailings', async () => {
  const office = await v.office()
  const [one, two] = [await v.resident(), await v.resident()]
  const [first, second] = [await booked(one, office, '9:00'), await booked(two, office, '9:30')]
  v.clock.set('2026-11-10T17:00:00Z')
  await change(office, `closed_from = '${wednesday}', closed_to = '${wednesday}'`)
  await follow()
  const [moved] = await upcoming(one)
  expect(moved).toMatchObject({ office: { id: office }, date: '2026-11-12', minute: at('9:00'), replaces: first.id })
  expect((await upcoming(two))[0]).toMatchObject({ date: '2026-11-12', minute: at('9:15'), replaces: second.id })
  expect(await v.statesOf(one)).toEqual(['moved', 'booked'])
  // Ten in the evening: the visit itself is at nine, so it cannot wait until the hours for mailings begin.
  expect(await told(one)).toEqual([{ about: `moved:${moved?.id}`, due_at: expect.any(Date) }])
  expect((await told(one))[0]?.due_at.getTime()).toBeLessThan(v.clock.now().getTime())
  expect((await told(two))[0]?.due_at.toISOString()).toBe('2026-11-11T04:00:00.000Z')
})

test('is done once, whoever looks, however often', async () => {
  const [office, who] = [await v.office(), await v.resident()]
  await booked(who, office, '9:00')
  await change(office, `closed_from = '${wednesday}', closed_to = '${wednesday}'`)
  await Promise.all([follow(), follow()])
  await follow()
  expect(await v.statesOf(who)).toEqual(['moved', 'booked'])
  expect(await told(who)).toHaveLength(1)
})

describe('closed until further notice', () => {
  test('another office of the district is the next best, at the same time if there is a place', async () => {
    const [office, who] = [await v.office({ district: 'KIR' }), await v.resident()]
    const [near] = [await v.office({ district: 'KIR' }), await v.office({ district: 'LEN' })]
    await booked(who, office, '9:00')
    await change(office, `closed_from = '${wednesday}'`)
    await follow()
    expect(await upcoming(who)).toMatchObject([{ office: { id: near }, date: wednesday, minute: at('9:00') }])
  })

  test('then one anywhere that takes the topic, never earlier', async () => {
    const [office, who] = [await v.office({ district: 'KIR' }), await v.resident()]
    await v.office({ district: 'LEN', topics: ['debt'] })
    await v.office({ district: 'OKT', hours: '2026-11-10 09:00-17:00 2026-11-11 08:00-09:00' })
    const far = await v.office({ district: 'ORD' })
    await booked(who, office, '9:00')
    await change(office, `closed_from = '${wednesday}'`)
    await follow()
    expect(await upcoming(who)).toMatchObject([{ office: { id: far }, date: wednesday, minute: at('9:00') }])
  })

  test('without any the visit is cancelled, and told so', async () => {
    const [office, who] = [await v.office(), await v.resident()]
    const booking = await booked(who, office, '9:00')
    await change(office, `closed_from = '${wednesday}'`)
    await follow()
    expect(await v.statesOf(who)).toEqual(['cancelled'])
    expect(await told(who)).toMatchObject([{ about: `cancelled:${booking.id}` }])
    const changes = await v.sql('c', 'SELECT state FROM booking_change WHERE booking_id = $1 ORDER BY id', [booking.id])
    expect(changes).toEqual([{ state: 'booked' }, { state: 'cancelled' }])
  })
})

test.each([
  ['opens later', `hours = 'mon-fri 10:00-17:00'`, { date: wednesday, minute: at('10:00') }],
  ['has visits of another length', 'slot_minutes = 25', { date: wednesday, minute: at('9:50') }],
  ['takes the topic no more', `topics = '{debt}'`, undefined],
] as const)('an office that %s', async (_, what, expected) => {
  const [office, who] = [await v.office(), await v.resident()]
  await booked(who, office, '9:15')
  await change(office, what)
  await follow()
  expect(await upcoming(who)).toMatchObject(expected ? [expected] : [])
})

test('of a window that is no more the visit goes to another one at the same time, when that is free', async () => {
  const [office, one, two] = [await v.office({ windows: 2 }), await v.resident(), await v.resident()]
  await booked(one, office, '9:00')
  await booked(two, office, '9:00', 'debt')
  await v.run(one, 'cancelBooking', { booking: (await upcoming(one))[0]?.id ?? '' })
  await change(office, 'windows = 1')
  await follow()
  expect(await upcoming(two)).toMatchObject([{ date: wednesday, minute: at('9:00'), window: 1 }])
})

test('what is received as before stays, and visits that have begun do', async () => {
  const [office, other] = [await v.office(), await v.office()]
  const [one, two] = [await v.resident(), await v.resident()]
  const [kept, begun] = [await booked(one, other, '9:00'), await booked(two, office, '9:00')]
  v.clock.set('2026-11-11T04:05:00Z')
  await change(office, `closed_from = '${wednesday}'`)
  await follow()
  const rows = await v.sql('kept', 'SELECT id, state FROM booking ORDER BY id', [])
  expect(rows).toEqual(
    [kept, begun].map(({ id }) => ({ id, state: 'booked' })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
  expect([...(await told(one)), ...(await told(two))]).toEqual([])
})

test('a resident who holds a place meanwhile loses nothing: on confirming he has it', async () => {
  const [office, other, who] = [await v.office({ district: 'LEN' }), await v.office(), await v.resident()]
  await booked(who, office, '9:00')
  const choice = { officeId: other, topic: 'debt', date: wednesday, minute: at('11:00') } as const
  const hold = await v.run(who, 'holdSlot', choice)
  await change(office, `closed_from = '${wednesday}', closed_to = '${wednesday}'`)
  await follow()
  expect(
    hold.kind === 'held' && (await v.run(who, 'confirmBooking', { ...choice, hold: hold.booking.id })),
  ).toMatchObject({
    kind: 'booked',
  })
  expect(await upcoming(who)).toHaveLength(2)
})

test('a booking made by what was read before the change is found on the next look', async () => {
  const [office, who] = [await v.office(), await v.resident()]
  const watch = officeChanges({ database: v.fresh.database, clock: v.clock, rules: v.rules, log })
  const choice = { officeId: office, topic: 'meters', date: wednesday, minute: at('9:00') } as const
  const hold = await v.run(who, 'holdSlot', choice)
  if (hold.kind !== 'held') throw new Error(hold.kind)
  await v.run(who, 'confirmBooking', { ...choice, hold: hold.booking.id }, async () => {
    await change(office, `closed_from = '${wednesday}', closed_to = '${wednesday}'`)
    await watch()
  })
  expect((await upcoming(who))[0]?.date).toBe(wednesday)
  await watch()
  expect((await upcoming(who))[0]?.date).toBe('2026-11-12')
})
