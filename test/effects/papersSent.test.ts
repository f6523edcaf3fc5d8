import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestFacts } from '../../src/desk/requests/facts.ts'
import type { Drafting } from '../../src/effects/requests/keepDraft.ts'
import { openRequesting, photo, type Requesting } from './requesting.ts'
import type { Someone } from './visiting.ts'

let r: Requesting
beforeAll(async () => {
  r = await openRequesting({ env: { REQUEST_DAYS: '10;papers.owner=3;account=5' } })
})
afterAll(() => r.close())

const files = [photo('page')]

async function sending(who: Someone, drafting: Drafting) {
  const { draft } = await r.run(who, 'keepDraft', drafting)
  return { draft, outcome: await r.run(who, 'sendRequest', { draft }) }
}

const linkedBy = (who: Someone, proof: 'address' | 'code') =>
  r.sql('proof', 'UPDATE link SET proof = $2 WHERE resident_id = $1', [who.resident, proof])

describe('papers are judged when they are sent', () => {
  test.each<[string, Omit<Drafting, 'accountId'>, 'none' | 'address' | 'code', object]>([
    ['without a file', { of: 'papers', subject: 'benefit', details: { phone: '1' } }, 'code', { kind: 'empty' }],
    ['with words only', { of: 'account', written: { text: 'откройте' } }, 'none', { kind: 'empty' }],
    ['about no account', { of: 'papers', subject: 'benefit', written: { files } }, 'none', { kind: 'notLinked' }],
    [
      'about an account',
      { of: 'papers', subject: 'benefit', written: { files } },
      'address',
      { kind: 'sent', dueOn: '2026-11-24' },
    ],
    [
      'for anything else',
      { of: 'papers', subject: 'other', written: { files } },
      'none',
      { kind: 'sent', dueOn: '2026-11-24' },
    ],
    [
      'of a new owner without the code',
      { of: 'papers', subject: 'owner', written: { files } },
      'address',
      { kind: 'notProven' },
    ],
    [
      'of a new owner',
      { of: 'papers', subject: 'owner', written: { files } },
      'code',
      { kind: 'sent', dueOn: '2026-11-13' },
    ],
    ['to open an account', { of: 'account', written: { files } }, 'none', { kind: 'sent', dueOn: '2026-11-17' }],
  ])('%s', async (_, drafting, proof, outcome) => {
    const who = await r.resident()
    const accountId = proof === 'none' ? undefined : await r.account(who)
    if (proof !== 'none') await linkedBy(who, proof)
    expect((await sending(who, { ...drafting, accountId })).outcome).toMatchObject(outcome)
  })

  test('by what is so then: a file that was refused meanwhile is none', async () => {
    const who = await r.resident()
    const { draft } = await r.run(who, 'keepDraft', { of: 'account', written: { files } })
    await r.sql('refuse', `UPDATE file SET state = 'refused' WHERE request_id = $1`, [draft])
    expect(await r.run(who, 'sendRequest', { draft })).toEqual({ kind: 'empty' })
  })
})

test('a file is known by the paper that it is, and goes with its draft', async () => {
  const who = await r.resident()
  await r.run(who, 'keepDraft', { of: 'account', written: { files, paper: 'passport' } })
  const draft = await r.queries.requests.draft(who.resident, 'account')
  const [kept] = draft?.lines[0]?.files ?? []
  expect(kept).toMatchObject({ kind: 'photo', name: 'page', paper: 'passport' })
  expect(await r.run(await r.resident(), 'forgetDraftFile', { file: kept?.id ?? '' })).toEqual({ kind: 'gone' })
  await r.run(who, 'keepDraft', { of: 'account', written: { files: [photo('second')], paper: 'title' } })
  expect(await r.run(who, 'forgetDraftFile', { file: kept?.id ?? '' })).toEqual({ kind: 'forgotten' })
  expect(await r.filesOf(who)).toHaveLength(1)
  await r.run(who, 'dropDraft', { of: 'account' })
  expect(await r.filesOf(who)).toEqual([])
})

test('what was sent for a visit is found by it, and by the visit that it was moved to', async () => {
  const [who, office] = [await r.resident(), await r.office()]
  const at = { officeId: office, topic: 'meters', date: '2026-11-11', minute: 9 * 60 } as const
  const booked = await r.book(who, at)
  if (booked.kind !== 'booked') throw new Error(booked.kind)
  const { draft } = await sending(who, {
    of: 'papers',
    subject: 'visit',
    bookingId: booked.booking.id,
    written: { files },
  })
  const held = await r.run(who, 'holdSlot', { ...at, minute: 10 * 60, moves: booked.booking.id })
  if (held.kind !== 'held') throw new Error(held.kind)
  const moved = await r.run(who, 'confirmBooking', {
    ...at,
    minute: 10 * 60,
    moves: booked.booking.id,
    hold: held.booking.id,
  })
  if (moved.kind !== 'booked') throw new Error(moved.kind)
  for (const { id } of [booked.booking, moved.booking])
    expect(await r.queries.requests.ofBooking(who.resident, id)).toMatchObject([{ id: draft, subject: 'visit' }])
  expect((await requestFacts(r.sql, draft))?.visit).toMatchObject({ date: '2026-11-11', minute: 10 * 60 })
  const other = await r.resident()
  expect(await r.queries.requests.ofBooking(other.resident, moved.booking.id)).toEqual([])
  await r.run(who, 'cancelBooking', { booking: moved.booking.id })
  expect((await requestFacts(r.sql, draft))?.visit).toBeUndefined()
})
