import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { LocalDate } from '../../src/domain/localDate.ts'
import type { VisitTopic } from '../../src/domain/visits/topics.ts'
import { noon } from '../support/town.ts'
import { at, openVisiting, type Someone, type Visiting } from './visiting.ts'

let v: Visiting
beforeAll(async () => {
  v = await openVisiting({ poolSize: 12 })
})
afterAll(() => v.close())
afterEach(() => v.clock.set(noon))

const wednesday: LocalDate = '2026-11-11'
const choice = (officeId: string, time: string, more: { topic?: VisitTopic; date?: LocalDate } = {}) => ({
  ...{ officeId, topic: 'meters' as VisitTopic, date: wednesday, minute: at(time) },
  ...more,
})

async function held(who: Someone, officeId: string, time: string): Promise<string> {
  const outcome = await v.run(who, 'holdSlot', choice(officeId, time))
  if (outcome.kind !== 'held') throw new Error(`not held: ${outcome.kind}`)
  return outcome.booking.id
}

const changesOf = async (booking: string) =>
  (
    await v.sql<{ state: string }>('changes', 'SELECT state FROM booking_change WHERE booking_id = $1 ORDER BY id', [
      booking,
    ])
  ).map(({ state }) => state)

test('a place is held for five minutes, then booked under a ticket that names the visit', async () => {
  const [office, who] = [await v.office(), await v.resident()]
  const hold = await v.run(who, 'holdSlot', choice(office, '9:15'))
  expect(hold).toMatchObject({ kind: 'held', booking: { state: 'held', minutes: 15, window: 1 } })
  if (hold.kind !== 'held') return
  const until = Date.parse(hold.booking.heldUntil ?? '')
  expect(Math.round((until - v.clock.now().getTime()) / 60_000)).toBe(5)
  expect(hold.booking.ticket).toMatch(/^М\d{3}$/)
  expect(await v.queries.visits.upcoming(who.resident, v.clock.now(), v.rules)).toEqual([])

  const booked = await v.run(who, 'confirmBooking', { ...choice(office, '9:15'), hold: hold.booking.id })
  const { heldUntil: _, ...rest } = hold.booking
  expect(booked).toEqual({ kind: 'booked', booking: { ...rest, state: 'booked' } })
  expect(await v.queries.visits.upcoming(who.resident, v.clock.now(), v.rules)).toEqual([{ ...rest, state: 'booked' }])
  expect(await changesOf(rest.id)).toEqual(['booked'])
})

test('confirmed twice, it is booked once and told so both times', async () => {
  const [office, who] = [await v.office(), await v.resident()]
  const hold = await held(who, office, '9:00')
  const confirm = () => v.run(who, 'confirmBooking', { ...choice(office, '9:00'), hold })
  const [one, two] = await Promise.all([confirm(), confirm()])
  expect(one).toEqual(two)
  expect(await v.statesOf(who)).toEqual(['booked'])
  expect(await changesOf(hold)).toEqual(['booked'])
})

describe('two at once', () => {
  test('for one place: who comes second waits for the first, and is told the next time', async () => {
    const [office, one, two] = [await v.office(), await v.resident(), await v.resident()]
    let second: Promise<unknown> | undefined
    const first = await v.run(one, 'holdSlot', choice(office, '10:00'), async () => {
      second = v.run(two, 'holdSlot', choice(office, '10:00'))
      await waitingForLock(1)
    })
    expect(first.kind).toBe('held')
    expect(await second).toMatchObject({
      kind: 'taken',
      next: { officeId: office, date: wednesday, minute: at('10:15') },
    })
  })

  test('for one place: when the first one’s turn comes to nothing, the second one has it', async () => {
    const [office, one, two] = [await v.office(), await v.resident(), await v.resident()]
    let second: Promise<unknown> | undefined
    const first = v.run(one, 'holdSlot', choice(office, '10:00'), async () => {
      second = v.run(two, 'holdSlot', choice(office, '10:00'))
      await waitingForLock(1)
      throw new Error('the turn is undone')
    })
    await expect(first).rejects.toThrow('the turn is undone')
    expect(await second).toMatchObject({ kind: 'held' })
  })

  test('at an office with two windows: each has one', async () => {
    const [office, one, two] = [await v.office({ windows: 2 }), await v.resident(), await v.resident()]
    const both = await Promise.all([one, two].map((who) => v.run(who, 'holdSlot', choice(office, '10:00'))))
    expect(both.map((each) => (each.kind === 'held' ? each.booking.window : each.kind)).toSorted()).toEqual([1, 2])
  })

  test('for a place whose hold is over: one of them', async () => {
    const [office, gone, one, two] = [await v.office(), await v.resident(), await v.resident(), await v.resident()]
    await held(gone, office, '10:00')
    v.clock.set('2026-11-10T07:06:00Z')
    const both = await Promise.all([one, two].map((who) => v.run(who, 'holdSlot', choice(office, '10:00'))))
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['held', 'taken'])
  })

  test('of one resident’s chats: his limit holds', async () => {
    const [office, who] = [await v.office(), await v.resident()]
    await v.book(who, choice(office, '9:00', { topic: 'debt' }))
    const tries = await Promise.all(
      (['charges', 'account', 'meters'] as const).map((topic, nth) =>
        v.book(who, choice(office, `1${nth}:00`, { topic })),
      ),
    )
    expect(tries.filter(({ kind }) => kind === 'booked').length).toBeLessThanOrEqual(1)
    const booked = (await v.statesOf(who)).filter((state) => state === 'booked')
    expect(booked.length).toBeLessThanOrEqual(2)
    expect(tries.filter(({ kind }) => kind !== 'booked').every(({ kind }) => ['limit', 'taken'].includes(kind))).toBe(
      true,
    )
  })
})

test('200 residents want the last place at once: one gets it, 199 are told the next', async () => {
  const office = await v.office({ hours: '2026-11-11 09:00-09:15 2026-11-12 09:00-09:30' })
  const all = await Promise.all(Array.from({ length: 200 }, () => v.resident()))
  const outcomes = await Promise.all(all.map((who) => v.run(who, 'holdSlot', choice(office, '9:00'))))
  expect(outcomes.filter(({ kind }) => kind === 'held')).toHaveLength(1)
  const others = outcomes.flatMap((outcome) => (outcome.kind === 'taken' ? [outcome.next] : []))
  expect(others).toHaveLength(199)
  expect(new Set(others.map((next) => next && `${next.officeId} ${next.date} ${next.minute}`))).toEqual(
    new Set([`${office} 2026-11-12 ${at('9:00')}`]),
  )
})

describe('a hold whose time is over', () => {
  test('is the resident’s own as long as nobody has asked for the place', async () => {
    const [office, who] = [await v.office(), await v.resident()]
    const hold = await held(who, office, '9:00')
    v.clock.set('2026-11-10T07:30:00Z')
    expect(await v.queries.visits.freeTimes(office, 'meters', wednesday, v.clock.now(), v.rules)).toContainEqual({
      minute: at('9:00'),
      free: 1,
    })
    expect(await v.run(who, 'confirmBooking', { ...choice(office, '9:00'), hold })).toMatchObject({ kind: 'booked' })
  })

  test('gives way to another, and the first is told the next time', async () => {
    const [office, who, other] = [await v.office(), await v.resident(), await v.resident()]
    const hold = await held(who, office, '9:00')
    v.clock.set('2026-11-10T07:06:00Z')
    await held(other, office, '9:00')
    expect(await v.run(who, 'confirmBooking', { ...choice(office, '9:00'), hold })).toMatchObject({
      kind: 'taken',
      next: { officeId: office, minute: at('9:15') },
    })
    expect(await v.statesOf(who)).toEqual([])
  })

  test('gives way, and another window at the same time is as good', async () => {
    const [office, who, other] = [await v.office({ windows: 2 }), await v.resident(), await v.resident()]
    const hold = await held(who, office, '9:00')
    v.clock.set('2026-11-10T07:06:00Z')
    await held(other, office, '9:00')
    expect(await v.run(who, 'confirmBooking', { ...choice(office, '9:00'), hold })).toMatchObject({
      kind: 'booked',
      booking: { window: 2 },
    })
  })

  test('is either confirmed or given away, when both happen at once', async () => {
    const [office, who, other] = [await v.office(), await v.resident(), await v.resident()]
    const hold = await held(who, office, '9:00')
    v.clock.set('2026-11-10T07:06:00Z')
    const [mine, his] = await Promise.all([
      v.run(who, 'confirmBooking', { ...choice(office, '9:00'), hold }),
      v.run(other, 'holdSlot', choice(office, '9:00')),
    ])
    expect([mine.kind, his.kind].filter((kind) => kind === 'taken')).toHaveLength(1)
  })
})

test('a resident holds one place at a time: the one before is free at once', async () => {
  const [office, who, other] = [await v.office(), await v.resident(), await v.resident()]
  await held(who, office, '9:00')
  await held(who, office, '9:15')
  await held(other, office, '9:00')
  await v.run(who, 'releaseSlot', {})
  expect(await v.statesOf(who)).toEqual([])
})

describe('judged again', () => {
  test('between choice and confirmation the office has closed: nothing is booked, the next time elsewhere is told', async () => {
    const [office, near] = [await v.office({ district: 'AKA' }), await v.office({ district: 'AKA' })]
    const who = await v.resident()
    const hold = await held(who, office, '9:00')
    await v.sql('close', 'UPDATE office SET closed_from = $2 WHERE id = $1', [office, wednesday])
    // Today there is still time at the same office; tomorrow there is not.
    v.clock.set('2026-11-10T12:30:00Z')
    expect(await v.run(who, 'confirmBooking', { ...choice(office, '9:00'), hold })).toMatchObject({
      kind: 'officeClosed',
      next: { officeId: near, date: wednesday, minute: at('9:15') },
    })
    expect(await v.statesOf(who)).toEqual([])
  })

  test('the place was given away by telephone meanwhile: taken', async () => {
    const [office, who] = [await v.office(), await v.resident()]
    const hold = await held(who, office, '9:00')
    await v.sql('taken', `INSERT INTO slot_taken VALUES ($1, $2, $3, 540, 1, true, 'f')`, [office, office, wednesday])
    expect(await v.run(who, 'confirmBooking', { ...choice(office, '9:00'), hold })).toMatchObject({
      kind: 'taken',
      next: { minute: at('9:15') },
    })
  })

  test.each([
    ['has begun', { time: '9:00', date: '2026-11-10' }, { kind: 'tooLate' }],
    ['is beyond the horizon', { time: '9:00', date: '2026-11-25' }, { kind: 'outOfHorizon', until: '2026-11-24' }],
    ['is no time of the office', { time: '9:10', date: wednesday }, { kind: 'officeClosed' }],
    ['is on a day off', { time: '9:00', date: '2026-11-14' }, { kind: 'officeClosed' }],
  ] as const)('a time that %s', async (_, { time, date }, refusal) => {
    const [office, who] = [await v.office(), await v.resident()]
    expect(await v.run(who, 'holdSlot', choice(office, time, { date }))).toMatchObject(refusal)
  })

  test('a topic that the office does not take, an office that is not there', async () => {
    const [office, who] = [await v.office({ topics: ['debt'] }), await v.resident()]
    expect(await v.run(who, 'holdSlot', choice(office, '9:00'))).toMatchObject({ kind: 'officeClosed' })
    expect(await v.run(who, 'holdSlot', choice('nowhere', '9:00'))).toMatchObject({ kind: 'officeClosed' })
  })

  test('one booking a topic, two in all; a visit that has begun counts no more', async () => {
    const [office, who] = [await v.office(), await v.resident()]
    const first = await v.book(who, choice(office, '9:00'))
    expect(await v.book(who, choice(office, '9:15'))).toEqual({
      ...{ kind: 'limit', of: 'topic' },
      booking: first.kind === 'booked' && first.booking.id,
    })
    await v.book(who, choice(office, '9:15', { topic: 'debt' }))
    const third = choice(office, '9:30', { topic: 'charges' })
    expect(await v.book(who, third)).toEqual({ kind: 'limit', of: 'all', most: 2 })
    v.clock.set('2026-11-11T04:00:00Z')
    expect(await v.book(who, third)).toMatchObject({ kind: 'booked' })
  })

  test('who did not come three times books nothing for a while', async () => {
    const [office, who] = [await v.office(), await v.resident()]
    for (const day of ['02', '03', '05'])
      await v.sql(
        'missed',
        `INSERT INTO booking (id, resident_id, office_id, topic, date, minute, minutes, window_no, ticket, state, chat, created_at, changed_at)
         VALUES (gen_random_uuid(), $1, $2, 'debt', $3, 540, 15, 1, 'Е001', 'missed', '', now(), now())`,
        [who.resident, office, `2026-11-${day}`],
      )
    expect(await v.book(who, choice(office, '9:00'))).toEqual({ kind: 'missed', until: '2026-12-05' })
  })
})

describe('moving', () => {
  test('keeps the one until the other is booked; it counts against no limit', async () => {
    const [office, who, other] = [await v.office(), await v.resident(), await v.resident()]
    const first = await v.book(who, choice(office, '9:00'))
    if (first.kind !== 'booked') throw new Error(first.kind)
    const there = { ...choice(office, '11:00'), moves: first.booking.id }
    const hold = await v.run(who, 'holdSlot', there)
    if (hold.kind !== 'held') throw new Error(hold.kind)
    expect(await v.statesOf(who)).toEqual(['booked', 'held'])
    const moved = await v.run(who, 'confirmBooking', { ...there, hold: hold.booking.id })
    expect(moved).toMatchObject({
      kind: 'booked',
      booking: { minute: at('11:00'), replaces: first.booking.id },
      moved: { id: first.booking.id, state: 'moved' },
    })
    expect(await v.statesOf(who)).toEqual(['moved', 'booked'])
    expect(await changesOf(first.booking.id)).toEqual(['booked', 'moved'])
    expect(await v.book(other, choice(office, '9:00'))).toMatchObject({ kind: 'booked' })
    // Pressed once more, it tells the same.
    expect(await v.run(who, 'confirmBooking', { ...there, hold: hold.booking.id })).toEqual(moved)
  })

  test('what begins within the hour stays, as what was cancelled meanwhile does', async () => {
    const [office, who] = [await v.office(), await v.resident()]
    const first = await v.book(who, choice(office, '9:00'))
    if (first.kind !== 'booked') throw new Error(first.kind)
    const there = { ...choice(office, '11:00'), moves: first.booking.id }
    v.clock.set('2026-11-11T03:01:00Z')
    expect(await v.run(who, 'holdSlot', there)).toEqual({ kind: 'cannotMove', why: 'tooLate' })
    v.clock.set(noon)
    const hold = await v.run(who, 'holdSlot', there)
    if (hold.kind !== 'held') throw new Error(hold.kind)
    await v.run(who, 'cancelBooking', { booking: first.booking.id })
    expect(await v.run(who, 'confirmBooking', { ...there, hold: hold.booking.id })).toEqual({
      kind: 'cannotMove',
      why: 'gone',
    })
    expect(await v.statesOf(who)).toEqual(['cancelled'])
  })
})

describe('cancelling', () => {
  test('frees the place at once, and is told the same again', async () => {
    const [office, who, other] = [await v.office(), await v.resident(), await v.resident()]
    const booked = await v.book(who, choice(office, '9:00'))
    if (booked.kind !== 'booked') throw new Error(booked.kind)
    const cancel = () => v.run(who, 'cancelBooking', { booking: booked.booking.id })
    expect(await cancel()).toEqual({ kind: 'cancelled', booking: { ...booked.booking, state: 'cancelled' } })
    expect(await cancel()).toMatchObject({ kind: 'cancelled' })
    expect(await changesOf(booked.booking.id)).toEqual(['booked', 'cancelled'])
    const again = await v.book(other, choice(office, '9:00'))
    expect(again).toMatchObject({ kind: 'booked' })
    expect(again.kind === 'booked' && again.booking.ticket).not.toBe(booked.booking.ticket)
  })

  test('is too late within the hour, and of another’s booking nothing is known', async () => {
    const [office, who, other] = [await v.office(), await v.resident(), await v.resident()]
    const booked = await v.book(who, choice(office, '9:00'))
    const booking = booked.kind === 'booked' ? booked.booking.id : ''
    expect(await v.run(other, 'cancelBooking', { booking })).toEqual({ kind: 'gone' })
    v.clock.set('2026-11-11T03:01:30Z')
    expect(await v.run(who, 'cancelBooking', { booking })).toMatchObject({ kind: 'tooLate' })
    expect(await v.statesOf(who)).toEqual(['booked'])
  })
})

test('who deletes his data cancels his visits, and nothing tells whose they were', async () => {
  const [office, who, other] = [await v.office(), await v.resident(), await v.resident()]
  const booked = await v.book(who, choice(office, '9:00'))
  if (booked.kind !== 'booked') throw new Error(booked.kind)
  await held(who, office, '10:00').catch(() => {})
  await v.run(who, 'deleteMyData', {})
  expect(await changesOf(booked.booking.id)).toEqual(['booked', 'cancelled'])
  const [left, ...more] = await v.sql('left', 'SELECT resident_id, chat, state FROM booking WHERE office_id = $1', [
    office,
  ])
  expect([left, ...more]).toEqual([{ resident_id: null, chat: '', state: 'cancelled' }])
  expect(await v.book(other, choice(office, '9:00'))).toMatchObject({ kind: 'booked' })
})

/** Waits until so many connections wait for another one’s turn to end. */
async function waitingForLock(count: number): Promise<void> {
  for (;;) {
    const [row] = await v.sql<{ waiting: number }>(
      'waiting',
      `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      [],
    )
    if ((row?.waiting ?? 0) >= count) return
  }
}
