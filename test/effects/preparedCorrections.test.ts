import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWords } from '../../src/infra/i18n.ts'
import { preparedCorrections } from '../../src/jobs/preparedCorrections.ts'
import { openRequesting, type Requesting } from './requesting.ts'
import type { Someone } from './visiting.ts'

let r: Requesting
beforeAll(async () => {
  r = await openRequesting()
})
afterAll(() => r.close())

const job = () => {
  const { clock, rules, fresh } = r
  return preparedCorrections({ database: fresh.database, clock, rules, words: openWords(rules.timeZone) })()
}

/** What a release before this one has left: a reading of 7000, which should be 6990, with a photo. */
async function prepared(who: Someone, more: { status?: string } = {}): Promise<number> {
  const account = await r.account(who)
  const values = [`meter-${account}`, account, who.resident, r.clock.now()]
  await r.sql(
    't.meter',
    `INSERT INTO meter (id, account_id, service, serial, digits, decimals, zones, unit, imported_from) VALUES ($1, $2, 'EL', '77', 5, 0, 1, 'кВт·ч', '20261101_001')`,
    values.slice(0, 2),
  )
  await r.sql(
    't.reading',
    `WITH given AS (
       INSERT INTO reading (id, account_id, meter_id, period, t1, read_at, submitted_at, source, resident_id, status)
       VALUES (gen_random_uuid(), $2, $1, '2026-10', 7000, $4::date, $4, 'vk', $3, $5::"ReadingStatus") RETURNING id
     ), photo AS (
       INSERT INTO file (id, state, kind, name, chat, resident_id, created_at) VALUES (gen_random_uuid(), 'stored', 'photo', 'dial.jpg', $6, $3, $4) RETURNING id
     )
     INSERT INTO request_draft (id, subject, resident_id, account_id, meter_id, replaces_id, period, t1, photo_ids, created_at)
     SELECT gen_random_uuid(), 'correction', $3, $2, $1, given.id, '2026-10', 6990, ARRAY[photo.id], $4 FROM given, photo`,
    [...values, more.status ?? 'accepted', who.chat],
  )
  return account
}

const draftsLeft = async () => (await r.sql('t.left', 'SELECT 1 FROM request_draft', [])).length

test('a correction that was prepared before is sent to staff once, and its resident is told the number', async () => {
  const who = await r.resident()
  const account = await prepared(who)
  await job()
  await job()
  expect(await draftsLeft()).toBe(0)
  const sent = await r.queries.requests.all(who.resident)
  expect(sent).toMatchObject([{ kind: 'question', subject: 'readings', state: 'new', accountId: account }])
  const id = sent[0]?.id ?? ''
  const one = await r.queries.requests.one(who.resident, { id })
  expect(one?.lines).toMatchObject([
    {
      author: 'resident',
      text: expect.stringMatching(/октябрь 2026: .*верно 6990.*вместо 7000/),
      files: [{ name: 'dial.jpg' }],
    },
    { author: 'desk', text: expect.stringContaining(`№ ${one?.number}`) },
  ])
  const told = await r.sql('t.told', 'SELECT dialog, about FROM notice WHERE chat = $1', [who.chat])
  expect(told).toEqual([{ dialog: 'requests', about: one?.lines[1]?.id }])
  expect((await r.shown(who)).some(({ what }) => what === 'sent')).toBe(true)
})

test.each(['corrected otherwise', 'of an account that is his no more'])(
  'what was %s meanwhile is let go',
  async (how) => {
    const who = await r.resident()
    const account = await prepared(who, how === 'corrected otherwise' ? { status: 'superseded' } : {})
    if (how !== 'corrected otherwise') await r.run(who, 'unlinkAccount', { accountId: account })
    await job()
    expect(await draftsLeft()).toBe(0)
    expect(await r.queries.requests.all(who.resident)).toEqual([])
  },
)
