import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { documentFacts } from '../../src/queries/documentFacts.ts'
import { documentNumbered, maySeeDocument, maySeeOrderFile } from '../../src/queries/documents.ts'
import { noon } from '../support/town.ts'
import { numberOf, type Ordering, october, openOrdering } from './ordering.ts'
import type { Someone } from './visiting.ts'

let o: Ordering
beforeAll(async () => {
  o = await openOrdering({
    env: {
      DOCUMENT_KINDS: 'debt,statement,details,accountCopy,registered',
      DOCUMENT_WAYS: 'chat,office,post',
      CHANNEL_POLICY_TELEGRAM: 'linkOnly',
    },
    poolSize: 6,
  })
})
afterAll(() => o.close())
afterEach(() => o.clock.set(noon))

const proved = (who: Someone, proof: 'address' | 'code') =>
  o.sql('proved', 'UPDATE link SET proof = $2 WHERE resident_id = $1', [who.resident, proof])

describe('a document that is drawn', () => {
  test('has a number, and tells what is owed of each kind and on which day', async () => {
    const who = await o.resident()
    const account = await o.charged(who, { main: 993_533, capital: -100 })
    const number = numberOf(await o.issue(who, account))
    expect(number).toBeGreaterThan(100_000)
    expect(await o.queries.documents.one(who.resident, number)).toMatchObject({
      ...{ number, kind: 'debt', accountId: account, shows: 'full', language: 'ru' },
      ...{ asOf: '2026-11-01', drawnOn: '2026-11-10', validUntil: '2026-11-20' },
      figures: [
        { kind: 'MAIN', kopecks: 993_533 },
        { kind: 'CAPREM', kopecks: -100 },
      ],
    })
  })

  test('is the same when it is asked for twice, from two chats at once too, and another one when the billing tells anything else', async () => {
    const who = await o.resident()
    const account = await o.charged(who, { main: 5 })
    const twice = await Promise.all([o.issue(who, account), o.issue({ ...who, chat: 'vk:other' }, account)])
    const [first, second] = twice.map(numberOf)
    expect(second).toBe(first)
    expect(numberOf(await o.issue(who, account, 'statement'))).not.toBe(first)
    await o.tell(account, { main: 6 })
    const third = numberOf(await o.issue(who, account))
    expect(third).not.toBe(first)
    const valid = await o.queries.documents.valid(who.resident, '2026-11-10')
    expect(valid.map(({ number }) => number)).toContain(third)
    expect(await o.queries.documents.valid(who.resident, '2026-11-21')).toEqual([])
  })

  test('keeps no facts: when the billing tells something else there is nothing to draw it of', async () => {
    const who = await o.resident()
    const account = await o.charged(who, { main: 5, capital: 0 })
    const document = await documentNumbered(o.sql, numberOf(await o.issue(who, account)))
    if (!document) throw new Error('no such document')
    const digest = async () => (await documentFacts(o.sql, account, document, document.drawnOn)).digest
    expect(await digest()).toBe(document.digest)
    await o.sql(
      'paid',
      `INSERT INTO payment (id, account_id, paid_at, amount_kopecks, imported_from) VALUES ($1, $2, '2026-11-05', 5, '20261106_001')`,
      [...[`p${account}`, account]],
    )
    expect(await digest()).not.toBe(document.digest)
  })

  test.each([
    ['no balance that fits the charges', { main: 5, capital: 5, balance: 0 }, 'unsplit'],
    ['an old balance', { main: 0, at: '2026-10-09' as const }, 'stale'],
  ])('is none where the billing has told %s: staff has to see to it', async (_, told, why) => {
    const who = await o.resident()
    expect(await o.issue(who, await o.charged(who, told))).toEqual({ kind: 'undrawn', why })
  })

  test('is none without charges, of an account that is his no more, and of a kind the centre does not make', async () => {
    const [who, other] = [await o.resident(), await o.resident()]
    expect(await o.issue(who, await o.account(who), 'statement')).toEqual({ kind: 'undrawn', why: 'none' })
    const account = await o.charged(who, { main: 0 })
    expect(await o.issue(other, account)).toEqual({ kind: 'notLinked' })
    expect(await o.issue(who, account, 'reconciliation')).toEqual({ kind: 'notOffered' })
  })

  test('is given to no messenger that may carry no sums', async () => {
    const who = await o.resident()
    const account = await o.charged(who, { main: 0 })
    expect(await o.issue({ ...who, chat: 'telegram:1' as never }, account)).toEqual({ kind: 'withheld' })
  })

  test('names nobody to whom only the address was known, and is not sent when that has become so', async () => {
    const who = await o.resident()
    const account = await o.charged(who, { main: 0 })
    const number = numberOf(await o.issue(who, account))
    expect(await maySeeDocument(o.sql, who.chat, number)).toBe(true)
    await proved(who, 'address')
    expect(await maySeeDocument(o.sql, who.chat, number)).toBe(false)
    const nameless = numberOf(await o.issue(who, account))
    expect(await o.queries.documents.one(who.resident, nameless)).toMatchObject({ shows: 'nameless' })
    expect(await maySeeDocument(o.sql, who.chat, nameless)).toBe(true)
  })

  test('is another’s for nobody, and stays without a name when its resident deletes his data', async () => {
    const [who, other] = [await o.resident(), await o.resident()]
    const account = await o.charged(who, { main: 0 })
    const number = numberOf(await o.issue(who, account))
    expect(await o.queries.documents.one(other.resident, number)).toBeUndefined()
    expect(await maySeeDocument(o.sql, other.chat, number)).toBe(false)
    await o.run(who, 'deleteMyData', {})
    expect(await documentNumbered(o.sql, number)).toMatchObject({ number, kind: 'debt' })
    expect(await maySeeDocument(o.sql, who.chat, number)).toBe(false)
  })
})

describe('an order', () => {
  const order = (who: Someone, accountId: number, more: object = {}) =>
    o.run(who, 'orderDocument', { accountId, of: 'accountCopy', way: 'chat', ...more })

  test('has a number and the day by which it is ready, and staff is shown it', async () => {
    const who = await o.resident()
    const account = await o.account(who)
    const ordered = await order(who, account)
    expect(ordered).toMatchObject({ kind: 'ordered', dueOn: '2026-11-13', again: false })
    const [one] = await o.queries.requests.open(who.resident)
    expect(one).toMatchObject({
      ...{ kind: 'order', subject: 'accountCopy', state: 'new', accountId: account, details: { way: 'chat' } },
      dueOn: '2026-11-13',
    })
    expect(await o.shown(who)).toMatchObject([{ kind: 'request', request: one?.id, what: 'sent' }])
  })

  test('is one however often it is pressed, from two chats at once too; of other months it is another one', async () => {
    const who = await o.resident()
    const account = await o.account(who)
    const twice = await Promise.all([order(who, account), order({ ...who, chat: 'vk:second' }, account)])
    expect(twice.map((one) => one.kind === 'ordered' && one.again).toSorted()).toEqual([false, true])
    expect(new Set(twice.map((one) => one.kind === 'ordered' && one.number)).size).toBe(1)
    await order(who, account, { of: 'statement', months: october })
    await order(who, account, { of: 'statement', months: { from: '2026-09', to: '2026-10' } })
    expect(await o.queries.requests.open(who.resident)).toHaveLength(3)
    expect(await o.shown(who)).toHaveLength(3)
  })

  test('of one that is done is a new one', async () => {
    const who = await o.resident()
    const account = await o.account(who)
    const first = await order(who, account)
    if (first.kind !== 'ordered') throw new Error(first.kind)
    await o.become(first.id, 'done')
    expect(await order(who, account)).toMatchObject({ kind: 'ordered', again: false })
  })

  test('of what names people is sent only to whoever has proved the account by its code; an office looks at the passport', async () => {
    const who = await o.resident()
    const [account, office] = [await o.account(who), await o.office()]
    await proved(who, 'address')
    expect(await order(who, account)).toEqual({ kind: 'needsCode' })
    expect(await order(who, account, { of: 'registered', way: 'post' })).toEqual({ kind: 'needsCode' })
    expect(await order(who, account, { of: 'statement' })).toMatchObject({ kind: 'ordered' })
    expect(await order(who, account, { way: 'office', office })).toMatchObject({ kind: 'ordered' })
  })

  test('is refused where an office hands out no papers, a messenger may carry none, or the account is his no more', async () => {
    const [who, other] = [await o.resident(), await o.resident()]
    const account = await o.account(who)
    const shut = await o.office({ topics: ['meters'] })
    expect(await order(who, account, { way: 'office', office: shut })).toEqual({ kind: 'officeGone' })
    expect(await order(who, account, { way: 'office' })).toEqual({ kind: 'officeGone' })
    expect(await order({ ...who, chat: 'telegram:1' as never }, account)).toEqual({ kind: 'withheld' })
    expect(await order(other, account)).toEqual({ kind: 'notLinked' })
    expect(await order(who, account, { of: 'reconciliation' })).toEqual({ kind: 'notOffered' })
    expect(await o.queries.requests.open(who.resident)).toEqual([])
  })

  test('is cancelled once, and not when staff has finished it', async () => {
    const [who, other] = [await o.resident(), await o.resident()]
    const first = await order(who, await o.account(who))
    if (first.kind !== 'ordered') throw new Error(first.kind)
    const cancel = (by: Someone) => o.run(by, 'cancelOrder', { order: first.id })
    expect(await cancel(other)).toEqual({ kind: 'gone' })
    expect(await cancel(who)).toEqual({ kind: 'cancelled', number: first.number })
    expect(await cancel(who)).toEqual({ kind: 'cancelled', number: first.number })
    expect((await o.shown(who)).map(({ what }) => what)).toEqual(['sent', 'closed'])
    await o.become(first.id, 'done')
    expect(await cancel(who)).toEqual({ kind: 'over', state: 'done' })
    expect(await o.run(who, 'cancelOrder', { order: await o.sent(who) })).toEqual({ kind: 'gone' })
  })

  test('hands its file only to whom it was made for, while the account is his and open and his consent holds', async () => {
    const [who, other] = [await o.resident(), await o.resident()]
    const account = await o.account(who)
    const first = await order(who, account)
    if (first.kind !== 'ordered') throw new Error(first.kind)
    const [file, stranger] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
    const line = (author: string, id: string) =>
      o.sql('line', `INSERT INTO request_line (request_id, author, body, at) VALUES ($1, $2, $3::jsonb, $4)`, [
        ...[
          first.id,
          author,
          JSON.stringify({ text: '', files: [{ id, kind: 'document', name: 'a.pdf' }] }),
          o.clock.now(),
        ],
      ])
    await line('consultant', file)
    await line('resident', stranger)
    await o.sql(
      'consent',
      `INSERT INTO consent (id, resident_id, version, text_hash, messenger, given_at) SELECT gen_random_uuid(), r, 2, '', 'vk', $2 FROM unnest($1::uuid[]) r`,
      [[who.resident, other.resident], o.clock.now()],
    )
    const sees = (by: Someone, one = file) =>
      maySeeOrderFile(o.sql, by.chat, { order: first.id, file: one }, ['accountCopy'])
    expect([await sees(who), await sees(other), await sees(who, stranger)]).toEqual([true, false, false])
    const only = async (change: string, back: string) => {
      await o.sql(change.slice(0, 60), change, [])
      expect(await sees(who), change).toBe(false)
      await o.sql(back.slice(0, 60), back, [])
      expect(await sees(who)).toBe(true)
    }
    await only(
      `UPDATE link SET proof = 'address' WHERE account_id = ${account}`,
      `UPDATE link SET proof = 'code' WHERE account_id = ${account}`,
    )
    await only(
      `UPDATE account SET open = false WHERE id = ${account}`,
      `UPDATE account SET open = true WHERE id = ${account}`,
    )
    await only(
      `UPDATE consent SET withdrawn_at = given_at WHERE resident_id = '${who.resident}'`,
      `UPDATE consent SET withdrawn_at = NULL WHERE resident_id = '${who.resident}'`,
    )
    await o.run(who, 'unlinkAccount', { accountId: account } as never)
    expect(await sees(who)).toBe(false)
  })
})
