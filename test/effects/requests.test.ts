import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { lockTopics } from '../../src/desk/lockTopics.ts'
import { inTransaction } from '../../src/infra/database.ts'
import { closedAccounts } from '../../src/jobs/closedAccounts.ts'
import { noon } from '../support/town.ts'
import { openRequesting, photo, type Requesting } from './requesting.ts'
import type { Someone } from './visiting.ts'

let r: Requesting
beforeAll(async () => {
  r = await openRequesting({ env: { REQUEST_DAYS: '10;question.charges=5;order=3' }, poolSize: 6 })
})
afterAll(() => r.close())
afterEach(() => r.clock.set(noon))

const draftOf = (who: Someone) => r.queries.requests.draft(who.resident, 'question')
const one = async (who: Someone, id: string) => {
  const request = await r.queries.requests.one(who.resident, { id })
  if (!request) throw new Error('no such request')
  return request
}

describe('a draft', () => {
  test('gathers messages one by one: words, files, an album that comes in pieces', async () => {
    const who = await r.resident()
    const account = await r.account(who)
    await r.write(who, { text: 'Нет горячей воды', message: '1' }, { subject: 'charges', accountId: account })
    await r.write(who, { files: [photo('a')], album: '7', message: '2', text: 'вот' })
    const more = await r.run(who, 'keepDraft', {
      ...{ of: 'question', written: { files: [photo('b', { size: 5 })], album: '7', message: '3' } },
    })
    expect(more).toMatchObject({ kind: 'kept', isMore: true, left: [] })
    const files = await r.filesOf(who)
    expect(await draftOf(who)).toMatchObject({
      ...{ kind: 'question', subject: 'charges', accountId: account },
      lines: [
        { text: 'Нет горячей воды', files: [] },
        {
          text: 'вот',
          files: [
            { id: files[0], kind: 'photo', name: 'a' },
            { id: files[1], kind: 'photo', name: 'b', size: 5 },
          ],
        },
      ],
    })
    expect(await r.shown(who)).toEqual([])
  })

  test('is one of a kind, and one of its messages said anew is changed', async () => {
    const who = await r.resident()
    const first = await r.write(who, { text: 'ошибка', message: '1' })
    expect(await r.write(who, { text: 'исправлено', message: '1', edits: true })).toBe(first)
    expect((await draftOf(who))?.lines.map(({ text }) => text)).toEqual(['исправлено'])
    const unknown = { of: 'question', written: { text: 'другое', message: '9', edits: true } } as const
    expect(await r.run(who, 'keepDraft', unknown)).toEqual({ kind: 'unknown', draft: first })
    // Another chat of his numbers its messages anew.
    const elsewhere = { ...who, chat: 'vk:elsewhere' } as const
    expect(
      (await r.run(elsewhere, 'keepDraft', { ...unknown, written: { ...unknown.written, message: '1' } })).kind,
    ).toBe('unknown')
  })

  test('made from two chats at once is one, and keeps what both say', async () => {
    const who = await r.resident()
    const both = await Promise.all(['раз', 'два'].map((text) => r.write(who, { text })))
    expect(both[0]).toBe(both[1])
    expect((await draftOf(who))?.lines.map(({ text }) => text).toSorted()).toEqual(['два', 'раз'])
  })

  test('takes no account of another’s', async () => {
    const [who, other] = [await r.resident(), await r.resident()]
    await r.write(who, { text: 'слово' }, { accountId: await r.account(other) })
    expect(await draftOf(who)).not.toHaveProperty('accountId')
  })

  test('takes ten files and says which it left', async () => {
    const who = await r.resident()
    const files = Array.from({ length: 11 }, (_, nth) => photo(`${nth}`))
    const kept = await r.run(who, 'keepDraft', { of: 'question', written: { files } })
    expect(kept).toMatchObject({ kind: 'kept', left: [{ name: '10', why: 'tooMany' }] })
    const full = await r.run(who, 'keepDraft', { of: 'question', written: { files: [photo('x')] } })
    expect(full).toMatchObject({ kind: 'full', left: [{ name: 'x', why: 'tooMany' }] })
    expect(await r.filesOf(who)).toHaveLength(10)
  })

  test('loses a file that is taken out, and with it a message that had nothing else', async () => {
    const who = await r.resident()
    await r.write(who, { text: 'слова', files: [photo('a'), photo('b')] })
    await r.write(who, { files: [photo('c')] })
    const [a, b, c] = await r.filesOf(who)
    for (const file of [a, c])
      expect(await r.run(who, 'forgetDraftFile', { file: file ?? '' })).toEqual({ kind: 'forgotten' })
    expect(await r.run(who, 'forgetDraftFile', { file: a ?? '' })).toEqual({ kind: 'gone' })
    expect((await draftOf(who))?.lines).toMatchObject([{ text: 'слова', files: [{ id: b }] }])
    expect(await r.filesOf(who)).toEqual([b])
  })

  test('that is thrown away leaves nothing, and nothing of another kind goes with it', async () => {
    const who = await r.resident()
    await r.write(who, { files: [photo('a')] })
    await r.write(who, { files: [photo('b')] }, { of: 'papers' })
    await r.run(who, 'dropDraft', { of: 'question' })
    expect(await draftOf(who)).toBeUndefined()
    expect(await r.filesOf(who)).toHaveLength(1)
    expect(await r.queries.requests.draft(who.resident, 'papers')).toMatchObject({
      lines: [{ files: [{ name: 'b' }] }],
    })
  })
})

describe('sending', () => {
  test('gives a number and the day by which an answer is promised, and shows it to staff once', async () => {
    const who = await r.resident()
    const account = await r.account(who)
    const draft = await r.write(who, { text: 'Почему столько?' }, { subject: 'charges', accountId: account })
    const [first, second] = await Promise.all([1, 2].map(() => r.run(who, 'sendRequest', { draft })))
    expect(first).toMatchObject({ kind: 'sent', id: draft, dueOn: '2026-11-17' })
    expect(second).toEqual(first)
    expect(await r.shown(who)).toEqual([{ kind: 'request', request: draft, what: 'sent' }])
    const open = await r.queries.requests.open(who.resident)
    expect(open).toMatchObject([
      { id: draft, state: 'new', subject: 'charges', accountId: account, dueOn: '2026-11-17' },
    ])
    expect(await draftOf(who)).toBeUndefined()
  })

  test('gives numbers in order, and days by kind', async () => {
    const who = await r.resident()
    const [a, b] = [await r.sent(who, { of: 'order' }), await r.sent(who, { of: 'papers' })]
    const [order, papers] = [await one(who, a), await one(who, b)]
    expect(papers.number).toBeGreaterThan(order.number)
    expect([order.dueOn, papers.dueOn]).toEqual(['2026-11-13', '2026-11-24'])
  })

  test('is refused without a word, and of an account that is his no more', async () => {
    const who = await r.resident()
    const account = await r.account(who)
    const draft = (await r.run(who, 'keepDraft', { of: 'question', accountId: account })).draft
    expect(await r.run(who, 'sendRequest', { draft })).toEqual({ kind: 'empty' })
    await r.write(who, { text: 'слово' })
    await r.sql('closed', 'UPDATE account SET open = false WHERE id = $1', [account])
    expect(await r.run(who, 'sendRequest', { draft })).toEqual({ kind: 'notLinked' })
    await r.run(who, 'keepDraft', { of: 'question', accountId: null })
    expect((await r.run(who, 'sendRequest', { draft })).kind).toBe('sent')
    expect(await r.run(await r.resident(), 'sendRequest', { draft })).toEqual({ kind: 'gone' })
  })
})

describe('what was sent', () => {
  test('is added to: what staff asked for is there, and whoever had it has it again', async () => {
    const who = await r.resident()
    const request = await r.sent(who)
    await r.become(request, 'waiting')
    const add = (written: object) => r.run(who, 'addToRequest', { request, written })
    expect(await add({ text: 'вот', files: [photo('a')], album: '1' })).toEqual({
      ...{ kind: 'added', state: 'new', isMore: false, left: [] },
    })
    expect(await add({ files: [photo('b')], album: '1' })).toMatchObject({ kind: 'added', isMore: true })
    const { lines, state } = await one(who, request)
    expect(state).toBe('new')
    expect(lines.map(({ text, files, state: to }) => [text, files.length, to])).toEqual([
      ['За что перерасчёт?', 0, undefined],
      ['вот', 1, 'new'],
      ['', 1, undefined],
    ])
    const [, ...added] = lines
    expect((await r.shown(who)).slice(1)).toEqual(
      added.map(({ id }) => ({ kind: 'request', request, what: 'added', line: id })),
    )
  })

  test.each([
    ['answered', '2026-11-17T18:59:00Z', 'reopened'],
    ['closed', '2026-11-17T18:59:00Z', 'reopened'],
    ['redirected', '2026-11-10T08:00:00Z', 'reopened'],
    ['answered', '2026-11-17T19:01:00Z', 'tooLate'],
    ['assigned', '2026-11-10T08:00:00Z', 'open'],
  ])('%s, is reopened within seven local days, and an answer promised anew: at %s %s', async (state, at, expected) => {
    const who = await r.resident()
    const request = await r.sent(who)
    await r.become(request, state)
    await r.run(who, 'rateRequest', { request, said: { rating: 2 } })
    r.clock.set(at)
    const isOver = expected !== 'open'
    if (isOver)
      expect(await r.run(who, 'addToRequest', { request, written: { text: 'ещё' } })).toEqual({
        ...{ kind: 'over', mayReopen: expected === 'reopened' },
      })
    const outcome = await r.run(who, 'reopenRequest', { request, written: { text: 'не помогло' } })
    expect(outcome.kind).toBe(expected)
    if (outcome.kind !== 'reopened') return
    const reopened = await one(who, request)
    expect(reopened).toMatchObject({ state: 'new', dueOn: outcome.dueOn })
    expect(reopened).not.toHaveProperty('rating')
    expect(reopened).not.toHaveProperty('overAt')
    expect(reopened.lines.at(-1)).toMatchObject({ text: 'не помогло', state: 'new' })
    expect((await r.shown(who)).at(-1)).toEqual({
      ...{ kind: 'request', request, what: 'reopened', line: reopened.lines.at(-1)?.id },
    })
  })

  test('is closed by the resident once, and rated when it is over', async () => {
    const who = await r.resident()
    const request = await r.sent(who)
    expect(await r.run(who, 'rateRequest', { request, said: { rating: 5 } })).toEqual({ kind: 'open' })
    const closed = await r.run(who, 'closeRequest', { request })
    expect(closed.kind).toBe('closed')
    expect(await r.run(who, 'closeRequest', { request })).toEqual(closed)
    await r.run(who, 'rateRequest', { request, said: { rating: 5 } })
    await r.run(who, 'rateRequest', { request, said: { words: 'быстро' } })
    expect(await one(who, request)).toMatchObject({ state: 'closed', rating: 5 })
    expect((await r.shown(who)).map(({ what }) => what)).toEqual(['sent', 'closed', 'rated', 'rated'])
  })

  test('is nobody else’s to read, add to, reopen, close or rate', async () => {
    const [who, other] = [await r.resident(), await r.resident()]
    const request = await r.sent(who)
    const written = { text: 'чужое' }
    for (const tried of [
      await r.run(other, 'addToRequest', { request, written }),
      await r.run(other, 'reopenRequest', { request, written }),
      await r.run(other, 'closeRequest', { request }),
      await r.run(other, 'rateRequest', { request, said: { rating: 1 } }),
    ])
      expect(tried).toEqual({ kind: 'gone' })
    expect(await r.queries.requests.one(other.resident, { id: request })).toBeUndefined()
    expect(await r.queries.requests.all(other.resident)).toEqual([])
  })

  test('is found by a line and by a file of it, without notes of staff', async () => {
    const who = await r.resident()
    const draft = await r.write(who, { files: [photo('a')] })
    await r.run(who, 'sendRequest', { draft })
    await r.sql(
      'note',
      `INSERT INTO request_line (request_id, author, body, at) VALUES ($1, 'note', '{"text":"тайна","files":[]}', $2)`,
      [...[draft, r.clock.now()]],
    )
    const [file = ''] = await r.filesOf(who)
    const found = await r.queries.requests.one(who.resident, { file })
    expect(found).toMatchObject({ id: draft, lines: [{ author: 'resident', files: [{ id: file }] }] })
    expect(found?.lines).toHaveLength(1)
    expect(await r.queries.requests.one(who.resident, { line: found?.lines[0]?.id ?? '' })).toEqual(found)
  })
})

describe('an account that is the resident’s no more', () => {
  test.each(['unlinked', 'closed', 'consent withdrawn'])(
    '%s: staff are told where a request is open, and it stays',
    async (how) => {
      const who = await r.resident()
      const account = await r.account(who)
      const [open, answered] = [await r.sent(who, { accountId: account }), await r.sent(who, { accountId: account })]
      await r.become(answered, 'answered')
      await r.write(who, { files: [photo('a')] }, { accountId: account })
      if (how === 'unlinked') await r.run(who, 'unlinkAccount', { accountId: account })
      else if (how === 'consent withdrawn') await r.run(who, 'withdrawConsent', {})
      else {
        await r.sql('closed', 'UPDATE account SET open = false WHERE id = $1', [account])
        await closedAccounts(r.fresh.database, r.clock, r.rules)()
      }
      expect((await r.shown(who)).at(-1)).toEqual({ kind: 'request', request: open, what: 'accountGone' })
      expect((await r.shown(who)).filter(({ what }) => what === 'accountGone')).toHaveLength(1)
      expect(await one(who, open)).toMatchObject({ state: 'new' })
      expect(await one(who, open)).not.toHaveProperty('accountId')
      const draft = await draftOf(who)
      expect(draft === undefined).toBe(how === 'consent withdrawn')
      expect(draft?.accountId).toBeUndefined()
    },
  )
})

test.each(['unlinkAccount', 'withdrawConsent'] as const)(
  '%s waits for the topic before it holds a request',
  async (effect) => {
    const who = await r.resident()
    const account = await r.account(who)
    await r.sent(who, { accountId: account })
    await r.write(who, { text: 'Ещё' }, { accountId: account })
    const { database } = r.fresh
    const leaving = await inTransaction(database, async (other) => {
      await lockTopics(other, [who.resident])
      const waiting = r.run(who, effect, { accountId: account })
      const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      await vi.waitUntil(async () => (await database.pool.query(waits)).rowCount === 1)
      const held = `SELECT id FROM request WHERE resident_id = $1::uuid FOR NO KEY UPDATE NOWAIT`
      expect(await other('held', held, [who.resident])).toHaveLength(2)
      return { waiting }
    })
    await leaving.waiting
  },
)

test('whoever deletes his data leaves requests about nobody, without words and files', async () => {
  const who = await r.resident()
  const account = await r.account(who)
  const [open, done] = [await r.sent(who, { accountId: account }), await r.sent(who, { of: 'papers' })]
  await r.become(done, 'done')
  await r.write(who, { text: 'черновик', files: [photo('a')] })
  expect(await r.run(who, 'deleteMyData', {})).toEqual({ readingsKept: 0, requestsKept: 2 })
  expect(await r.filesOf(who)).toEqual([])
  const left = await r.sql(
    'left',
    'SELECT state, resident_id, account_id, chat FROM request WHERE id = ANY ($1) ORDER BY number',
    [[open, done]],
  )
  const nobodys = { resident_id: null, account_id: null, chat: '' }
  expect(left).toEqual([
    { state: 'closed', ...nobodys },
    { state: 'done', ...nobodys },
  ])
  const words = await r.sql('words', `SELECT DISTINCT body, message FROM request_line WHERE request_id = ANY ($1)`, [
    [open, done],
  ])
  expect(words).toEqual([{ body: { text: '', files: [] }, message: null }])
})
